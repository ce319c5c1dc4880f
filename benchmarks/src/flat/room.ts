import { statfsSync } from "node:fs";
import type { BodySize } from "../load/requests.ts";

/** Bytes on disk of an event, at most, and of one that is measured on top of it. */
const bytesAnEvent = { full: 9000, small: 2500 };
/** For the write-ahead logs, what intake adds while it is measured, and for everything else on the machine. */
const margin = 8_000_000_000;

/** Why a store of this size cannot be made in a folder; undefined where there is room. */
export function lackOfRoom(folder: string, events: number, size: BodySize): string | undefined {
  const { bavail, bsize } = statfsSync(folder);
  const [free, needed] = [bavail * bsize, events * bytesAnEvent[size] + margin];
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  return free >= needed ? undefined : `needs ${gigabytes(needed)} of room, ${gigabytes(free)} are free`;
}
