import { DatabaseSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import { primaryCode } from "./errors.js";
import { versionOf } from "./identity.js";

/** Files up to this size, in bytes, are checked completely before they are used; SQLite checks about 1 GB a second. */
export const largestChecked = 256 * 1024 * 1024;
/** SQLITE_READONLY: a journal must be rolled back first, and only a writer can do that. */
const needsWriter = 8;

/**
 * Inspects an existing file without being able to write to it, so that a damaged, foreign or newer one is
 * rejected before anything (a checkpoint, a recovery) can change it. SQLite may leave an index and an empty log beside it.
 * @param size of the file, in bytes
 * @returns its schema version
 * @throws StoreError, or the error of SQLite
 */
export function inspect(file: string, size: number, busyTimeoutMs: number, largest = largestChecked): number {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    const version = versionOf(db);
    if (version === 0 || size > largest) return version;
    const found = db.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"];
    if (found !== "ok") throw damaged();
    return version;
  } catch (error) {
    throw readFailure(error);
  } finally {
    db.close();
  }
}

export function damaged(): StoreError {
  return new StoreError(
    "store_foreign",
    "The database is damaged (PRAGMA integrity_check finds faults); put a backup in its place, or recover it with sqlite3's .recover",
  );
}

/** Converts the failure of a connection that cannot write: names the reason where a journal is in its way. */
export function readFailure(error: unknown): unknown {
  if (primaryCode(error) !== needsWriter) return error;
  // Our databases never have a journal: they are created complete and then use a log. The owner of this journal is unknown until it is rolled back.
  return new StoreError(
    "store_foreign",
    "Another program was interrupted while it wrote the database (its journal is there); if the database is yours, open it once with sqlite3 to roll that back",
  );
}
