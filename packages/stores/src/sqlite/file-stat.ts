import { type BigIntStats, statSync } from "node:fs";

const missing = new Set<unknown>(["ENOENT", "ENOTDIR", "ELOOP"]);

/** Returns the stat of a file; undefined if there is no such file. */
export function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    if (missing.has((error as { code?: unknown }).code)) return undefined;
    throw error;
  }
}

/** Returns device and inode, which identify a file. */
export function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

/** Changes when another file is at the path, or when something has written to this one. */
export function fingerprintOf(stat: BigIntStats): string {
  return `${identityOf(stat)} ${stat.mtimeNs}`;
}

/** Returns whether two stats are of one file. */
export function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

/** Returns whether a file is still at its path. */
export function isAt(path: string, file: BigIntStats): boolean {
  const now = statOf(path);
  return now !== undefined && isSameFile(now, file);
}
