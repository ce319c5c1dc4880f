import { chownSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import { copyDatabase, type DatabaseCopy } from "./backup.js";
import { openDatabase } from "./database.js";
import { openFailure, primaryCode } from "./errors.js";
import { beside } from "./file.js";
import { versionOf } from "./identity.js";
import { linkOrRename, publish } from "./publish.js";

/** How long to wait for an app that is just closing the database, in milliseconds. */
const patienceMs = 2000;
const busy = 5;
/** SQLITE_READONLY (a journal to roll back), SQLITE_CORRUPT, SQLITE_NOTADB. */
const unreadable = new Set([8, 11, 26]);

/**
 * Puts a checked copy of a backup in the place of a database that no app has open, and removes the log of the old one: a
 * log that stays would be applied to the new one. The old database remains under another name.
 * @param options.aside the name for the old database
 * @returns what was restored, and whether there was an old database
 * @throws StoreError `store_unavailable` while an app has the database open; as `backUpDatabase` does for the backup
 */
export function restoreDatabase(options: {
  from: string;
  to: string;
  aside: string;
}): DatabaseCopy & { readonly replaced: boolean } {
  const [backup, aside] = [resolve(options.from), resolve(options.aside)];
  const there = statSync(options.to, { throwIfNoEntry: false });
  const path = there === undefined ? resolve(options.to) : realpathSync(options.to);
  return beside(path, (temporary) => {
    const copy = copyDatabase(backup, temporary);
    // The app would do this at its start: the schema brought up to date, with a write-ahead log from then on.
    openDatabase(temporary, patienceMs).close();
    const lock = there === undefined || there.size === 0 ? undefined : lockWhole(path);
    try {
      // A root that restores for a service must not take the file away from it.
      if (there !== undefined && process.getuid?.() === 0) chownSync(temporary, there.uid, there.gid);
      if (there !== undefined) linkOrRename(path, aside);
      if (lock === undefined) moveLog(path, aside);
      rmSync(`${path}-shm`, { force: true });
      publish(temporary, path, true);
    } finally {
      lock?.close();
    }
    return { ...copy, bytes: statSync(path).size, replaced: there !== undefined };
  });
}

/**
 * Locks the old database until the new one is there, with its log folded in; undefined when it is too damaged for that.
 * Every app holds a shared lock on it all the time.
 */
function lockWhole(path: string): DatabaseSync | undefined {
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${patienceMs}; PRAGMA locking_mode = EXCLUSIVE`);
    refuseForeign(db);
    db.exec("PRAGMA journal_mode = DELETE");
    db.exec("BEGIN EXCLUSIVE");
    return db;
  } catch (error) {
    db.close();
    if (primaryCode(error) === busy)
      throw new StoreError("store_unavailable", "The database is in use; stop the app first");
    if (unreadable.has(primaryCode(error) ?? 0)) return undefined;
    throw openFailure(error);
  }
}

/** A database of a newer version may be replaced: that is how to go back. */
function refuseForeign(db: DatabaseSync): void {
  try {
    versionOf(db);
  } catch (error) {
    if (!StoreError.isInstance(error) || error.code !== "store_too_new") throw error;
  }
}

/** The log of a database that is missing or too damaged to fold it in goes where that goes. */
function moveLog(path: string, aside: string): void {
  for (const suffix of ["-wal", "-journal"]) {
    if (statSync(path + suffix, { throwIfNoEntry: false }) !== undefined)
      renameSync(path + suffix, aside + suffix);
  }
}
