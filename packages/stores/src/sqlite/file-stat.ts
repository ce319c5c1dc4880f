import { type BigIntStats, statSync } from "node:fs";

const missing = new Set<unknown>(["ENOENT", "ENOTDIR", "ELOOP"]);

/** Undefined where there is no such file. */
export function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    if (missing.has((error as { code?: unknown }).code)) return undefined;
    throw error;
  }
}

/** Device and inode: what stays while it is the same file. */
export function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
