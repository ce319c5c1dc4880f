import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import { attempt } from "./attempt.js";
import { autoCheckpointPages } from "./checkpoint-progress.js";
import { openFailure, primaryCode } from "./errors.js";
import { changedWhileOpening } from "./compare-files.js";
import { checkPath, createFile } from "./file.js";
import { isAt, statOf } from "./file-stat.js";
import { versionOf } from "./identity.js";
import { logSizeLimit } from "./file-guard.js";
import { inspect, largestChecked } from "./inspect.js";
import { forgetBackup } from "./last-backup.js";
import { openExisting } from "./open-existing.js";
import { sync } from "./publish.js";
import { applicationId, latestVersion, migrationSql, migrations } from "./schema.js";
import { inTransaction } from "./transaction.js";
import { canWatchLog } from "./write-ahead-log.js";

export interface OpenHow {
  /** Create nothing: the file was there before. Default false. */
  readonly mustExist?: boolean;
  /** Check that the file is whole. Default true; false where another connection of this process has just done it. */
  readonly check?: boolean;
  /** Check it however large it is. Default false. */
  readonly checkAll?: boolean;
  /** Treatment of an older schema: `upgrade` it (default), `refuse` the database with `store_too_old`, or `leave` it. */
  readonly olderSchema?: OlderSchema;
}

type OlderSchema = "upgrade" | "refuse" | "leave";

/**
 * Opens the file, creating it if it is missing, brings its schema up to date and sets the connection up. The page cache
 * is 16 MB. SQLite truncates a log that has grown during a long read to 64 MB.
 * @param autoCheckpoint copy the log into the database every 1000 pages (4 MB), in the commit that reaches them
 */
export function openDatabase(
  path: string,
  busyTimeoutMs: number,
  autoCheckpoint = true,
  { mustExist = false, check = true, checkAll = false, olderSchema = "upgrade" }: OpenHow = {},
): DatabaseSync {
  if (path === "") throw new StoreError("store_unavailable", "The path of the database is empty");
  try {
    // Absolute, so that SQLite gives neither ":memory:" nor "file:…" a special meaning.
    const file = resolve(path);
    const timeout = Math.max(0, Math.trunc(busyTimeoutMs));
    const size = checkPath(file);
    const before = statOf(file);
    if (size === undefined && !mustExist) {
      attempt(() => forgetBackup(file));
      createFile(file, create);
    }
    // 0 for a file without a page, or without tables.
    const version =
      size === undefined || size === 0 ? 0 : inspect(file, size, timeout, largestToCheck(check, checkAll));
    if (mustExist && version === 0) throw new StoreError("store_unavailable", "There is no database");
    if (olderSchema === "refuse") refuseOlder(version);
    // Inspecting takes long. Another database has another log, and opening it would harm the one at the path.
    if (before !== undefined && !isAt(file, before))
      throw new StoreError("store_unavailable", changedWhileOpening);
    const db = size === 0 ? new DatabaseSync(file) : openExisting(file);
    const found: Found = { mayBeEmpty: version === 0, upgrade: olderSchema === "upgrade" };
    return setUp(db, timeout, autoCheckpoint, found);
  } catch (error) {
    throw openFailure(error, resolve(path));
  }
}

function largestToCheck(check: boolean, all: boolean): number {
  if (!check) return 0;
  return all ? Infinity : largestChecked;
}

/** Creates a database at a path that no other process knows: one sync at the end is enough. */
function create(path: string): void {
  const db = new DatabaseSync(path);
  try {
    db.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = OFF");
    migrate(db);
    useWriteAheadLog(db);
  } finally {
    db.close();
  }
  sync(path);
}

interface Found {
  /** False if the database had tables when it was inspected. */
  readonly mayBeEmpty: boolean;
  readonly upgrade: boolean;
}

function setUp(db: DatabaseSync, timeout: number, autoCheckpoint: boolean, found: Found): DatabaseSync {
  try {
    db.exec(`PRAGMA busy_timeout = ${timeout}`);
    db.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = OFF");
    // Emptied meanwhile: a new schema in it would mix with the backup that is put there.
    if (!found.mayBeEmpty && versionOf(db) === 0)
      throw new StoreError("store_unavailable", changedWhileOpening);
    if (found.upgrade) migrate(db);
    useWriteAheadLog(db);
    checkPermission(db);
    db.exec(`PRAGMA wal_autocheckpoint = ${autoCheckpoint || !canWatchLog(db) ? autoCheckpointPages : 0}`);
    db.exec(`PRAGMA journal_size_limit = ${logSizeLimit}`);
    db.exec("PRAGMA cache_size = -16000; PRAGMA trusted_schema = OFF");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Runs before the switch to the write-ahead log, so that a new file has its identity in its header from the first commit
 * on and a crash cannot leave an incomplete one.
 */
function migrate(db: DatabaseSync): void {
  while (versionOf(db) < latestVersion) {
    inTransaction(db, () => {
      // Another process may have taken this step while we waited for the lock.
      const version = versionOf(db);
      const step = migrations[version];
      if (step !== undefined)
        db.exec(
          `${migrationSql(step, db)} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version + 1};`,
        );
    });
  }
}

/** A command must not upgrade a database that an older version is serving. */
function refuseOlder(version: number): void {
  if (version < latestVersion)
    throw new StoreError(
      "store_too_old",
      `The database has schema version ${version}, and this version of Sessionhook needs ${latestVersion}: start its server first, which upgrades the database, or use the command line of the version that runs`,
    );
}

/**
 * Begins a write and rolls it back, which writes nothing to the disk. Without write permission, SQLite opens the file for
 * reading, and the first event would fail.
 */
function checkPermission(db: DatabaseSync): void {
  try {
    db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${latestVersion}; ROLLBACK`);
  } catch (error) {
    // Another process is writing.
    if (primaryCode(error) !== 5) throw error;
  }
}

function useWriteAheadLog(db: DatabaseSync): void {
  const mode = db.prepare("PRAGMA journal_mode = WAL").get()?.["journal_mode"];
  if (mode !== "wal")
    throw new StoreError("store_unavailable", "The file system does not support a write-ahead log");
  // The first read opens the log. If the disk were read-only at that time, the connection would remain read-only.
  db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get();
}
