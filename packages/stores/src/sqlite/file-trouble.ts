import { mkdirSync, readdirSync, rmdirSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { fileErrorCode } from "../file-error.js";
import { attempt } from "./attempt.js";

/** Less is needed for nothing: SQLite's shared memory alone takes 32 KiB. */
const leastBytes = 64 * 1024;

/** Messages to show for errors of the file system. */
export const fileMessages: ReadonlyMap<unknown, string> = new Map([
  ["EISDIR", "The path of the database is a folder"],
  ["EEXIST", "A parent of the database path is a file, not a folder"],
  ["ENOTDIR", "A parent of the database path is a file, not a folder"],
  ["ENOENT", "The folder of the database cannot be created"],
  ["EACCES", "This user has no permission to read and write the database"],
  ["EPERM", "This user has no permission to read and write the database"],
  ["EROFS", "The file system of the database is read-only"],
  ["ENOSPC", "The disk is full"],
  ["EMFILE", "Too many files are open"],
  ["ENFILE", "Too many files are open"],
  ["EIO", "The disk of the database reports errors"],
]);

/** Reasons for which writing anything beside the database fails too, and about which SQLite is less precise. */
const shared = new Set(["EROFS", "ENOSPC", "EDQUOT", "EMFILE", "ENFILE", "EIO"]);

/**
 * Returns why the file system of a file takes no new data; undefined if it does, or if the reason concerns the file alone. SQLite
 * reports such reasons by different codes, depending on the file that it cannot extend or open.
 */
export function fileTrouble(path: string): string | undefined {
  return fullDisk(path) ?? writeTrouble(path);
}

function fullDisk(path: string): string | undefined {
  const found = attempt(() => statfsSync(dirname(path)));
  // Some file systems of networks and clouds report no size.
  if (found === undefined || found.blocks === 0) return undefined;
  if (found.bavail * found.bsize < leastBytes) return "The disk is full";
  return found.files > 0 && found.ffree === 0
    ? "The disk is full: its file system has no free inode"
    : undefined;
}

/** Makes and reads a folder: closing a descriptor of the database would end the locks of this process on it. */
function writeTrouble(path: string): string | undefined {
  const probe = `${path}-probe-${process.pid}`;
  try {
    mkdirSync(probe, 0o700);
    try {
      readdirSync(probe);
    } finally {
      rmdirSync(probe);
    }
    return undefined;
  } catch (error) {
    const code = fileErrorCode(error);
    return code !== undefined && shared.has(code)
      ? (fileMessages.get(code) ?? "The disk is full")
      : undefined;
  }
}
