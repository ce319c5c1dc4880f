import { chmodSync, chownSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { StoreError, type Derive } from "@sessionhook/core";
import { attempt } from "./attempt.js";
import { copyDatabase, type DatabaseCopy } from "./backup.js";
import { openDatabase } from "./database.js";
import { openFailure, primaryCode } from "./errors.js";
import { besideAsync } from "./beside.js";
import { versionOf } from "./identity.js";
import { latestVersion } from "./schema.js";
import { applyTombstones, tombstonesAt, tombstonesIn } from "./privacy/apply-tombstones.js";
import { linkOrRename, publish } from "./publish.js";

/** Time to wait for an app that is closing the database, in milliseconds. */
const patienceMs = 2000;
const busy = 5;
/** SQLITE_READONLY (a journal to roll back), SQLITE_CORRUPT, SQLITE_NOTADB. */
const unreadable = new Set([8, 11, 26]);

/** The result of a restore. */
export interface RestoredDatabase extends DatabaseCopy {
  /** True if there was a database before. */
  readonly replaced: boolean;
  /** Schema version of the backup. It is lower than `schemaVersion` if the copy was upgraded. */
  readonly backupSchemaVersion: number;
  /** Rows that were erased in the copy too; null if there was no database whose tombstones could be read. */
  readonly erased: number | null;
}

/**
 * Replaces a database that no app has open by a checked copy of a backup, and removes the log of the old one: SQLite
 * would apply that log to the new one. The old database remains under another name. Events that were erased in the old
 * database are erased in the new one before it gets its name, which requires the latest schema; else the copy retains the schema
 * of the backup, so that its own version can open it.
 * @param options.aside the name for the old database
 * @throws StoreError `store_unavailable` while an app has the database open; as `backUpDatabase` does for the backup
 */
export async function restoreDatabase(
  options: { from: string; to: string; aside: string },
  derive: Derive,
): Promise<RestoredDatabase> {
  const [backup, aside] = [resolve(options.from), resolve(options.aside)];
  const there = statSync(options.to, { throwIfNoEntry: false });
  const path = there === undefined ? resolve(options.to) : realpathSync(options.to);
  return besideAsync(path, async (temporary) => {
    const copy = copyDatabase(backup, temporary);
    // As the app does at its start: switches to a write-ahead log.
    openDatabase(temporary, patienceMs, true, { olderSchema: "leave" }).close();
    const exists = there !== undefined && there.size > 0;
    const lock = exists ? lockWhole(path) : undefined;
    try {
      const found = lock !== undefined ? tombstonesIn(lock) : exists ? tombstonesAt(path) : undefined;
      const tombstones = found ?? [];
      const erased = await applyTombstones(temporary, tombstones, derive);
      // If root restores for a service, the service must remain the owner of the file.
      if (there !== undefined && process.getuid?.() === 0) chownSync(temporary, there.uid, there.gid);
      if (there !== undefined) setAside(path, aside);
      if (lock === undefined) moveLog(path, aside);
      rmSync(`${path}-shm`, { force: true });
      publish(temporary, path, true);
      return {
        ...copy,
        schemaVersion: tombstones.length > 0 ? latestVersion : copy.schemaVersion,
        backupSchemaVersion: copy.schemaVersion,
        events: copy.events - erased,
        bytes: statSync(path).size,
        replaced: there !== undefined,
        erased: found === undefined ? null : erased,
      };
    } finally {
      lock?.close();
    }
  });
}

/**
 * Checkpoints the old database and locks it until the new one is in place; undefined if it is too damaged for that.
 * Every app always holds a shared lock on its database.
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

/** A database of a newer version may be replaced: this is the way back to an older version. */
function refuseForeign(db: DatabaseSync): void {
  try {
    versionOf(db);
  } catch (error) {
    if (!StoreError.isInstance(error) || error.code !== "store_too_new") throw error;
  }
}

/** Gives the old database its name; it holds personal data, and only its owner can read it from then on. */
function setAside(path: string, aside: string): void {
  linkOrRename(path, aside);
  attempt(() => chmodSync(aside, 0o600));
}

/** The log of a database that is missing or too damaged for a checkpoint is moved with the database. */
function moveLog(path: string, aside: string): void {
  for (const suffix of ["-wal", "-journal"]) {
    if (statSync(path + suffix, { throwIfNoEntry: false }) !== undefined)
      renameSync(path + suffix, aside + suffix);
  }
}
