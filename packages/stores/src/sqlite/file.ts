import { closeSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import { applicationId, latestVersion } from "./migrations.js";

const headerBytes = 100;
const magic = "SQLite format 3\0";

/**
 * Makes an empty file only its owner can read (SQLite gives its -wal and -shm the same mode), or
 * checks by its header that an existing one is ours. SQLite itself is not let near a foreign file:
 * opening one could already recover or checkpoint it.
 */
export function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!create(path)) checkHeader(readHeader(path));
}

function create(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readHeader(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const header = Buffer.alloc(headerBytes);
    return header.subarray(0, readSync(file, header, 0, headerBytes, 0));
  } finally {
    closeSync(file);
  }
}

/** Offsets of the database header: https://sqlite.org/fileformat.html#the_database_header */
function checkHeader(header: Buffer): void {
  // Another process has just made it, or the operator has: there is nothing in it to lose.
  if (header.byteLength === 0) return;
  if (header.byteLength < headerBytes || header.toString("latin1", 0, magic.length) !== magic)
    throw new StoreError("store_foreign", "The file is not an SQLite database");
  checkIdentity(header.readInt32BE(68), header.readInt32BE(60));
}

/** Refuses a database that is not ours or that a newer version wrote. */
function checkIdentity(id: number, version: number): void {
  // The first migration sets both: our id without a version is not our doing.
  if (id !== applicationId || version < 1)
    throw new StoreError("store_foreign", "The database belongs to another application");
  if (version > latestVersion)
    throw new StoreError(
      "store_too_new",
      `The database has schema version ${version}; this version of Sessionhook knows ${latestVersion}`,
    );
}

/** The schema version; 0 for an empty file. Asks SQLite: the header in the file may lag behind the log. */
export function versionOf(db: DatabaseSync): number {
  const version = pragma(db, "user_version");
  const id = pragma(db, "application_id");
  const empty = db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  if (id === 0 && version === 0 && empty) return 0;
  checkIdentity(id, version);
  return version;
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}
