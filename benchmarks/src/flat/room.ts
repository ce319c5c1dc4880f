import { statfsSync } from "node:fs";
import type { BodySize } from "../load/requests.ts";

/** Upper bound of the bytes on disk per event. */
const bytesAnEvent = { full: 9000, small: 2500 };
/** Bytes reserved for write-ahead logs, the events that the intake measurement adds, and other programs. */
const margin = 8_000_000_000;

/** Returns why a store of this size does not fit on the folder's disk, or undefined when it fits. */
export function lackOfRoom(folder: string, events: number, size: BodySize): string | undefined {
  const { bavail, bsize } = statfsSync(folder);
  const [free, needed] = [bavail * bsize, events * bytesAnEvent[size] + margin];
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  return free >= needed ? undefined : `needs ${gigabytes(needed)} of disk space, ${gigabytes(free)} free`;
}
