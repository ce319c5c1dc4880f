import { hostname } from "node:os";
import process from "node:process";

/** A file that is being written; it is renamed without host, process and this suffix when it is complete. */
const partSuffix = ".part";

const host = hostName();

/** Without Deno's permission for it, no other process counts as one of this host: their parts are judged by age. */
function hostName(): string {
  try {
    return hostname()
      .replaceAll(/[^\w-]/g, "")
      .slice(0, 40);
  } catch {
    return crypto.randomUUID();
  }
}
const partPattern = /^(?<complete>.+\.ndjson\.gz)\.(?<host>[\w-]*)-(?<pid>\d+)\.part$/;

export interface PartName {
  /** Name of the complete file. */
  readonly complete: string;
  readonly pid: number;
  /** True if this host writes it, or did. */
  readonly here: boolean;
}

/** Returns a new name: destination, time, and a random part, so that no two processes ever share one. */
export function completeName(destination: string, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${destination}-${time}-${crypto.randomUUID().slice(0, 8)}.ndjson.gz`;
}

export function partName(complete: string): string {
  return `${complete}.${host}-${process.pid}${partSuffix}`;
}

/** Reads the name of a part of this destination; undefined for any other name. */
export function readPartName(name: string, destination: string): PartName | undefined {
  const groups = partPattern.exec(name)?.groups;
  if (groups === undefined || !name.startsWith(`${destination}-`)) return undefined;
  return { complete: groups["complete"] ?? "", pid: Number(groups["pid"]), here: groups["host"] === host };
}
