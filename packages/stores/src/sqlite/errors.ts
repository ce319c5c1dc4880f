import { StoreError } from "@sessionhook/core/lean";

/** Primary result codes of SQLite (https://sqlite.org/rescode.html) with the message to show for each. */
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

/** SQLITE_ERROR (a table is missing or there already), SQLITE_CORRUPT, SQLITE_NOTADB. */
const foreign = new Set([1, 11, 26]);

/** Any failure of a method as `store_unavailable`: nothing was kept, the store stays usable. */
export function unavailable(error: unknown): StoreError {
  if (StoreError.isInstance(error)) return error;
  return new StoreError("store_unavailable", messageOf(error), { cause: error });
}

/** A failure while opening: `store_foreign` where the file's contents are to blame. */
export function openFailure(error: unknown): StoreError {
  if (StoreError.isInstance(error)) return error;
  if (!foreign.has(primaryCode(error) ?? -1)) return unavailable(error);
  return new StoreError("store_foreign", "The file is not an event store of Sessionhook, or is damaged", {
    cause: error,
  });
}

/** The same for what the file system says. */
const fileMessages = new Map<unknown, string>([
  ["EISDIR", "The path of the database is a folder"],
  ["EEXIST", "The path of the database leads through a file"],
  ["ENOTDIR", "The path of the database leads through a file"],
  ["ENOENT", "The folder of the database cannot be made"],
  ["EACCES", "The database may not be read or written by this user"],
  ["EPERM", "The database may not be read or written by this user"],
  ["EROFS", "The file system of the database is read-only"],
  ["ENOSPC", "The disk is full"],
  ["EMFILE", "Too many files are open"],
]);

function messageOf(error: unknown): string {
  return (
    messages.get(primaryCode(error) ?? -1) ??
    fileMessages.get((error as { code?: unknown } | undefined)?.code) ??
    "The database did not do its work"
  );
}

/** What SQLite says for each code (sqlite3_errstr), for Deno, whose `exec` throws without the code. */
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

/** The low byte of the (extended) result code that node:sqlite puts on its errors. */
export function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (typeof errcode === "number") return errcode & 0xff;
  return code === "ERR_SQLITE_ERROR" ? (codes.get(error.message) ?? 1) : undefined;
}
