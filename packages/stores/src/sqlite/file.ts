import { chmodSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StoreError } from "@sessionhook/core";
import { attempt } from "./attempt.js";
import { beside } from "./beside.js";
import { linkOrRename } from "./publish.js";
import { makeFolders } from "../make-folders.js";

/**
 * Checks that a database can be at `path`, as far as the file system reports.
 *
 * Nothing in the process may open the file, its -wal or its -shm other than through SQLite: closing any descriptor of
 * a file drops all POSIX locks that the process holds on it, whichever thread took them
 * (https://sqlite.org/howtocorrupt.html, section 2.2). Calls that take a path, such as stat, are safe.
 * @returns its size in bytes; undefined when there is no such file
 * @throws StoreError, or the error of the file system
 */
export function checkPath(path: string): number | undefined {
  // Check the log first: if another process creates a database meanwhile, its log appears after its first page.
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isDirectory() === true) throw unusable("The path of the database is a folder");
  if (file?.isFile() === false) throw unusable("The path of the database is not a regular file");
  // SQLite would delete the log, which may hold the only copy of events.
  if ((file?.size ?? 0) === 0 && log > 0)
    throw new StoreError(
      "store_foreign",
      "The database is missing or empty, but its log (the file ending in -wal) is not: put the database back, or remove the log",
    );
  return file?.size;
}

/**
 * Creates a database that only its owner may read (SQLite gives its -wal and -shm the same mode). It is created in a new
 * folder and linked into place when it is complete, so that no process opens an incomplete one. A database that another
 * process has put there meanwhile stays.
 * @param make makes a complete database at a path and closes it
 */
export function createFile(path: string, make: (path: string) => void): void {
  makeFolders(dirname(path));
  beside(path, (temporary) => {
    make(temporary);
    // Some network file systems refuse it; the warning about the mode of the opened files follows.
    attempt(() => chmodSync(temporary, 0o600));
    try {
      linkOrRename(temporary, path);
    } catch (error) {
      if (statSync(path, { throwIfNoEntry: false }) === undefined) throw error;
    }
  });
}

function unusable(message: string): StoreError {
  return new StoreError("store_unavailable", message);
}
