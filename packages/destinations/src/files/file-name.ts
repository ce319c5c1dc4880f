import { hostname } from "node:os";
import process from "node:process";
import { canLock } from "./lock-file.js";

/** Suffix of a file that is being written. When it is complete, it is renamed without host, process and suffix. */
const partSuffix = ".part";

/** Stands for the host name in the name of a part that its process has locked. */
const lockedHost = "_locked";

const host = hostName();
const writer = canLock ? lockedHost : host;

/** Returns the host name. Where it is not permitted it is random, and parts of other processes are recovered by age. */
function hostName(): string {
  try {
    return hostname()
      .replaceAll(/[^\w-]/g, "")
      .slice(0, 40);
  } catch {
    return crypto.randomUUID();
  }
}

/** The name of a part after the name of its destination, which can be the beginning of another one. */
const partPattern = /^-\d{8}T\d{6}Z-[0-9a-f]{8}\.ndjson\.gz\.(?<host>[\w-]*)-(?<pid>\d+)\.part$/;

export interface PartName {
  /** Name of the complete file. */
  readonly complete: string;
  readonly pid: number;
  /** True if a process of this host writes or wrote it, and its id shows whether it lives. */
  readonly here: boolean;
  /** True if it is locked while its process lives. */
  readonly locked: boolean;
}

/** Returns a new name of destination, time and a random part, so that no two processes use the same. */
export function completeName(destination: string, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${destination}-${time}-${crypto.randomUUID().slice(0, 8)}.ndjson.gz`;
}

/** Returns the name of a file while this process writes it. */
export function partName(complete: string): string {
  return `${complete}.${writer}-${process.pid}${partSuffix}`;
}

/** Reads the name of a part of this destination; undefined for any other name. */
export function readPartName(name: string, destination: string): PartName | undefined {
  if (!name.startsWith(destination)) return undefined;
  const groups = partPattern.exec(name.slice(destination.length))?.groups;
  if (groups === undefined) return undefined;
  const { host: from = "", pid = "" } = groups;
  const complete = name.slice(0, -`.${from}-${pid}${partSuffix}`.length);
  return { complete, pid: Number(pid), here: from === host, locked: from === lockedHost };
}
