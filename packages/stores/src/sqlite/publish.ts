import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import process from "node:process";

/**
 * Syncs a finished database that no connection has open, and renames it. Only its owner can read it.
 * @param replace true to replace an existing file; otherwise the error is EEXIST
 */
export function publish(made: string, path: string, replace: boolean): void {
  chmodSync(made, 0o600);
  sync(made);
  if (replace) renameSync(made, path);
  else linkOrRename(made, path);
  sync(dirname(path));
}

/** Renames a file to an unused name, or fails with EEXIST. */
export function linkOrRename(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    // The file system has no links.
    if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) throw error;
    renameSync(from, to);
  }
}

/** Closing a descriptor drops the process's locks on the file (see file.ts): no other code has opened this file, and a folder has no locks. */
export function sync(path: string): void {
  // Windows cannot open folders.
  if (process.platform === "win32" && statSync(path).isDirectory()) return;
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
