import { closeSync, fsyncSync, linkSync, openSync, rmSync, statSync, writeSync } from "node:fs";
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
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(file));
  return true;
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
