import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file that only its owner can read (0600), unless it exists. The content is written beside it, synced, and then
 * linked into place, so that an interrupted write leaves no file. An empty file, as older versions left, is replaced.
 * Of processes that do this at the same instant, one wins.
 * @returns false if another content is in the file
 * @throws the error of the file system; nothing is left behind then
 */
export function writeOnce(file: string, text: string): boolean {
  const temporary = `${file}.${randomUUID()}`;
  try {
    writeSynced(temporary, text);
    if (isEmpty(file)) {
      replaceEmpty(file, temporary);
      // Another process may have put this one's content in place.
      return readFileSync(file, "utf8") === text;
    }
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

const isEmpty = (file: string) => statSync(file, { throwIfNoEntry: false })?.size === 0;

/**
 * Replaces an empty file. The first process that names its content `<file>.next` wins, and every one puts what has that
 * name in place, so that an interrupted one does not stop the others. The name goes only after the file has a content.
 */
function replaceEmpty(file: string, temporary: string): void {
  const [next, own] = [`${file}.next`, `${temporary}.next`];
  try {
    link(temporary, next, "EEXIST");
    // Before the second look: another process may complete the file and remove the name at any moment.
    if (!link(next, own, "ENOENT")) return;
    if (isEmpty(file)) renameSync(own, file);
    syncFolder(dirname(file));
    rmSync(next, { force: true });
  } finally {
    rmSync(own, { force: true });
  }
}

/** Returns false where it fails with the expected code. A file system without links gets a new name instead. */
function link(from: string, to: string, expected: string): boolean {
  try {
    giveName(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expected) return false;
    throw error;
  }
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
