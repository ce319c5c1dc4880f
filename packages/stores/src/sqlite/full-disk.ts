import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { attempt } from "./attempt.js";

/** Less is needed for nothing: SQLite's shared memory alone takes 32 KiB. */
const leastBytes = 64 * 1024;

/**
 * Returns why the file system of a file takes no new data; undefined if it does, or is of another kind. SQLite reports a full disk by
 * different codes, depending on which file it cannot extend.
 */
export function fullDisk(path: string): string | undefined {
  const found = attempt(() => statfsSync(dirname(path)));
  // Some file systems of networks and clouds report no size.
  if (found === undefined || found.blocks === 0) return undefined;
  if (found.bavail * found.bsize < leastBytes) return "The disk is full";
  return found.files > 0 && found.ffree === 0
    ? "The disk is full: its file system has no free inode"
    : undefined;
}
