import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileErrorCode } from "./file-error.js";

/**
 * Creates a folder and its missing parents, readable by their owner alone. The `recursive` option of Node is not used: where
 * a file system answers ENOENT below a folder that exists, as /proc does, it tries again for ever. Parents that exist
 * are not looked at: Deno may not permit it.
 * @throws the error of the file system
 */
export function makeFolders(folder: string): void {
  if (isFolder(folder) || make(folder)) return;
  makeFolders(dirname(folder));
  if (!make(folder)) mkdirSync(folder);
}

/** Returns false if the parent is missing. */
function make(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === "ENOENT" && dirname(folder) !== folder) return false;
    // Another process was faster.
    if (code !== "EEXIST" || !isFolder(folder)) throw error;
  }
  return true;
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
