import { StoreError } from "@sessionhook/core";
import { fileMessages, fileTrouble } from "./file-trouble.js";

/** Messages to show for the primary result codes of SQLite (https://sqlite.org/rescode.html). */
const messages = new Map<number, string>([
  [5, "The database is locked by another process"],
  [6, "The database is locked"],
  [7, "SQLite ran out of memory"],
  [8, "The database cannot be written"],
  [10, "Reading or writing the database failed"],
  [11, "The database is damaged"],
  [13, "The disk is full"],
  [14, "The database cannot be opened; check that this user may read and write it and its folder"],
  [26, "The database is damaged"],
]);

/** SQLITE_ERROR (a table is missing or exists already), SQLITE_CORRUPT, SQLITE_NOTADB. */
const foreign = new Set([1, 11, 26]);

/** SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN: a full disk, for example, can be the reason. */
const unclear = new Set([8, 10, 14]);

/**
 * Converts any failure of a method to `store_unavailable`: nothing was stored, and the store remains usable.
 * @param path of the database, whose file system is asked for the reason
 */
export function unavailable(error: unknown, path?: string): StoreError {
  if (StoreError.isInstance(error)) return error;
  const trouble = path !== undefined && unclear.has(primaryCode(error) ?? -1) ? fileTrouble(path) : undefined;
  return new StoreError("store_unavailable", trouble ?? messageOf(error), { cause: error });
}

/**
 * Converts a failure to open: to `store_foreign` when the contents of the file are the reason, else `store_unavailable`.
 * @param path of the database
 */
export function openFailure(error: unknown, path?: string): StoreError {
  if (StoreError.isInstance(error)) return error;
  if (!foreign.has(primaryCode(error) ?? -1)) return unavailable(error, path);
  return new StoreError("store_foreign", "The file is not a Sessionhook event store, or it is damaged", {
    cause: error,
  });
}

function messageOf(error: unknown): string {
  const code = primaryCode(error);
  const detail = code !== undefined ? `SQLite code ${code}` : error instanceof Error ? error.name : "unknown";
  return (
    messages.get(code ?? -1) ??
    fileMessages.get((error as { code?: unknown } | undefined)?.code) ??
    `The database operation failed (${detail})`
  );
}

/** SQLite's own message for each code (sqlite3_errstr): Deno's `exec` throws errors without the code. */
const codes = new Map<string, number>([
  ["database is locked", 5],
  ["database table is locked", 6],
  ["out of memory", 7],
  ["attempt to write a readonly database", 8],
  ["disk I/O error", 10],
  ["database disk image is malformed", 11],
  ["database or disk is full", 13],
  ["unable to open database file", 14],
  ["file is not a database", 26],
]);

/** Returns the primary result code: the low byte of the extended code on node:sqlite's errors. */
export function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (typeof errcode === "number") return errcode & 0xff;
  return code === "ERR_SQLITE_ERROR" ? (codes.get(error.message) ?? 1) : undefined;
}
