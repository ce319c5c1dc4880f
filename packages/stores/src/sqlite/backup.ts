import { statSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import { openFailure } from "./errors.js";
import { beside } from "./beside.js";
import { versionOf } from "./identity.js";
import { damaged, inspect, readFailure } from "./inspect.js";
import { lastBackupSuffix } from "./last-backup.js";
import { publish } from "./publish.js";

/** Number of rows of a copy, counted in the copy itself. */
export interface DatabaseCopy {
  /** Rows: events and conflicting versions. */
  readonly events: number;
  readonly bytes: number;
  readonly schemaVersion: number;
}

/** Time to wait for a process that is recovering or closing the database, in milliseconds. */
const patienceMs = 10_000;

/**
 * Copies the database to a new file: everything that was committed before the call, nothing of what a transaction left
 * undone. Apps may go on writing. The copy is checked whole (integrity_check, counts), synced, mode 0600, and gets its
 * name last. Blocks this thread.
 * @param options.replace replace a file of that name; never a database that is in use
 * @throws StoreError when the database cannot be read, is damaged or is not an event store; the error of the file system
 * (EEXIST, ENOENT, …) when the copy cannot be put there
 */
export function backUpDatabase(options: { from: string; to: string; replace?: boolean }): DatabaseCopy {
  const { from, to, replace = false } = options;
  const [source, target] = [resolve(from), resolve(to)];
  refuseInUse(source, target);
  return beside(target, (temporary) => {
    const copy = copyDatabase(source, temporary);
    publish(temporary, target, replace);
    return copy;
  });
}

/** Copies a database through one read transaction and checks the copy. */
export function copyDatabase(from: string, to: string): DatabaseCopy {
  try {
    const before = snapshot(from, to);
    const size = statSync(to).size;
    inspect(to, size, patienceMs, Infinity);
    return count(to, size, before);
  } catch (error) {
    throw openFailure(readFailure(error));
  }
}

/** Writes the copy. Returns how many rows there were just before. */
function snapshot(from: string, to: string): number {
  const size = statSync(from, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new StoreError("store_unavailable", "There is no such database");
  if (size === 0) throw new StoreError("store_foreign", "The database is empty");
  const db = new DatabaseSync(from, { readOnly: true });
  try {
    db.exec(`PRAGMA busy_timeout = ${patienceMs}`);
    if (versionOf(db) === 0) throw new StoreError("store_foreign", "The database is empty");
    const rows = numberOf(db, "SELECT count(*) AS n FROM events");
    // One snapshot, whatever is written meanwhile: copying page by page would start again with each commit of an app.
    db.prepare("VACUUM INTO ?").run(to);
    return rows;
  } catch (error) {
    // Deno forbids ATTACH, by which SQLite does it, to a program without all permissions.
    if (!String(error).includes("too many attached databases")) throw error;
    throw new StoreError("store_unavailable", "Deno copies a database only when it runs with --allow-all", {
      cause: error,
    });
  } finally {
    db.close();
  }
}

function count(file: string, bytes: number, atLeast: number): DatabaseCopy {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const events = numberOf(db, "SELECT count(*) AS n FROM events");
    const bodies = numberOf(db, "SELECT count(*) AS n FROM events JOIN received USING (seq)");
    if (events < atLeast || bodies !== events) throw damaged();
    return { events, bytes, schemaVersion: versionOf(db) };
  } finally {
    db.close();
  }
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(db.prepare(sql).get()?.["n"]);
}

/** Replacing a database in use, or its log, would lose what is in it. */
function refuseInUse(source: string, target: string): void {
  if (/-(?:wal|shm|journal)$/.test(target) || target.endsWith(lastBackupSuffix))
    throw unusable("A file of this name would be taken for a part of a database; choose another name");
  const there = statSync(target, { throwIfNoEntry: false });
  if (there === undefined) return;
  // To rename a file over a device, such as /dev/null, would harm the machine.
  if (!there.isFile()) throw unusable("The file to write the backup to is not a regular file");
  const log = statSync(`${target}-wal`, { throwIfNoEntry: false });
  const own = statSync(source, { throwIfNoEntry: false });
  const same = own !== undefined && own.ino === there.ino && own.dev === there.dev;
  if (same || log !== undefined)
    throw unusable("The file to write the backup to belongs to a database in use");
}

function unusable(message: string): StoreError {
  return new StoreError("store_unavailable", message);
}
