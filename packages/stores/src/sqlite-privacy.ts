import { recordsOfStored } from "@sessionhook/core/derive";
import { openConnection } from "./sqlite/open-connection.js";
import { SqlitePrivacyStore } from "./sqlite/privacy/store.js";
import type { SqliteStoreOptions } from "./sqlite.js";

/** Largest database, in bytes, that a process which serves requests rewrites: that takes about a second. */
const largestRewrite = 256 * 1024 * 1024;

export interface SqlitePrivacyOptions extends SqliteStoreOptions {
  /** Erases in a database of any size: rewriting it blocks this process, and intake meanwhile answers 503. */
  readonly anySize?: boolean;
}

/**
 * Opens the personal data in the SQLite file of an event log, on a separate connection. An erasure overwrites the bytes: it
 * rewrites the database and empties the write-ahead log. Apps that have the database open continue.
 * Rejects as `openSqliteStore` does.
 */
export async function openSqlitePrivacyStore(options: SqlitePrivacyOptions): Promise<SqlitePrivacyStore> {
  const { busyTimeoutMs = 5000, autoCheckpoint = true, anySize = false } = options;
  const all = { ...options, busyTimeoutMs, autoCheckpoint };
  return new SqlitePrivacyStore(openConnection(all), {
    ...all,
    derive: recordsOfStored,
    largestRewrite: anySize ? Infinity : largestRewrite,
  });
}
