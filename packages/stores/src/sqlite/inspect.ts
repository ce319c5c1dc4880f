import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import { primaryCode } from "./errors.js";
import { versionOf } from "./file.js";

/** Files up to this size, in bytes, are checked whole before they are used; SQLite checks about 1 GB a second. */
export const largestChecked = 256 * 1024 * 1024;
/** SQLITE_READONLY: a crash left something that only a writer can clean up; opening it for writing does. */
const needsWriter = 8;

/**
 * Looks at an existing file without being able to write to it, so that a damaged, foreign or newer one is
 * refused before anything (a checkpoint, a recovery) could change it.
 * @throws StoreError, or what SQLite throws
 */
export function inspect(file: string, busyTimeoutMs: number, largest = largestChecked): void {
  const { size } = statSync(file);
  if (size === 0) return;
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    if (versionOf(db) === 0 || size > largest) return;
    const found = db.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"];
    if (found !== "ok") throw damaged();
  } catch (error) {
    if (primaryCode(error) !== needsWriter) throw error;
  } finally {
    db.close();
  }
}

function damaged(): StoreError {
  return new StoreError(
    "store_foreign",
    "The database is damaged (PRAGMA integrity_check finds faults); put a backup in its place, or recover it with sqlite3's .recover",
  );
}
