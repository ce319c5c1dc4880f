import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";

/**
 * Writes a file that only its owner can read (0600), unless it exists. The content is written beside it, synced, and then
 * linked into place, so that an interrupted write leaves no file. An empty file, as older versions left, is replaced.
 * @returns false if the file exists
 * @throws the error of the file system; nothing is left behind then
 */
export function writeOnce(file: string, text: string): boolean {
  const temporary = `${file}.${process.pid}-${Date.now().toString(36)}`;
  try {
    writeSynced(temporary, text);
    if (statSync(file, { throwIfNoEntry: false })?.size === 0) rmSync(file, { force: true });
    giveName(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(file));
  return true;
}

/** Codes of file systems without links, such as FAT. */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Gives a file a name that nothing has yet. Without links two processes that do so at the same instant may both succeed. */
function giveName(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    const there = statSync(file, { throwIfNoEntry: false }) !== undefined;
    if (there || !withoutLinks.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    renameSync(temporary, file);
  }
}

function writeSynced(file: string, text: string): void {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the new name durable. Not every file system can sync a folder, and the file itself is synced. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The content is durable; only the name may be lost in a power failure, and then the next start is the first again.
  }
}
