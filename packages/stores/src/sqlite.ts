import { SqliteDeliveryStore } from "./sqlite/deliveries/store.js";
import { openConnection } from "./sqlite/open-connection.js";
import { SqliteFactStore } from "./sqlite/facts/store.js";
import { type RestoredDatabase, restoreDatabase as restore } from "./sqlite/restore.js";
import { SqliteEventLog } from "./sqlite/store.js";
import { WriteTurns } from "./sqlite/write-turns.js";

export { checkDatabase } from "./sqlite/check.js";
export { backUpDatabase, type DatabaseCopy } from "./sqlite/backup.js";
export { lastBackupAt, recordBackup } from "./sqlite/last-backup.js";
export { type EndedOwner, Presence } from "./sqlite/presence.js";
export type { RestoredDatabase };
export { Checkpointer } from "./sqlite/checkpoint.js";
export { RecordsThread } from "./sqlite/facts/records-thread.js";
export { WriteTurns };
export type { SqliteDeliveryStore, SqliteEventLog, SqliteFactStore };

export interface SqliteStoreOptions {
  /** Path of the database file. A missing file is created with mode 0600, missing parent folders with 0700. */
  readonly path: string;
  /**
   * Milliseconds to wait while another process writes. The wait blocks this process, so use a small value.
   * Default 1000.
   */
  readonly busyTimeoutMs?: number;
  /**
   * Copies the write-ahead log into the database every 4 MB, inside the append that reaches this size. Default true. With
   * false the log grows until you call `checkpoint`, preferably after a `Checkpointer` in another thread has copied most of
   * it. SQLite before 3.51 cannot report the length of the log and ignores false.
   */
  readonly autoCheckpoint?: boolean;
  /** True if this process has just opened the file with another connection: opening neither creates nor checks it. Default false. */
  readonly alreadyChecked?: boolean | undefined;
  /**
   * Upgrade a database with an older schema, and create a missing one. Default true. With false, as for a command beside a running
   * server, an older schema is rejected with `store_too_old`.
   */
  readonly upgrade?: boolean | undefined;
  /** The turns that the threads of this process take at writing to this file. */
  readonly turns?: WriteTurns | undefined;
  /**
   * Called with the reason when the files at the path are found removed, replaced or cut under the open store, again
   * with each new reason, and with undefined when a valid database is there again. Until then every method rejects with
   * `store_unavailable`.
   */
  readonly onOutage?: ((reason: string | undefined) => void) | undefined;
  /** Called with what an operator should know although the store can be used. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/**
 * Opens a store in one SQLite file (write-ahead log, every acknowledged batch synced to disk); creates or upgrades the
 * file if necessary. Several processes may share it.
 *
 * Rejects with `StoreError`: `store_too_new` for a file of a newer version, `store_foreign` for a file that is not a
 * store, `store_unavailable` when the file cannot be opened. A rejected file is not changed.
 *
 * @example
 * ```ts
 * import { openSqliteStore } from "@sessionhook/stores/sqlite";
 *
 * const store = await openSqliteStore({ path: "./data/sessionhook.db" });
 * (await store.list({ status: "quarantined", limit: 50 })).events; // => []
 * await store.close();
 * ```
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteEventLog> {
  const { busyTimeoutMs = 1000, autoCheckpoint = true } = options;
  const all = { ...options, busyTimeoutMs, autoCheckpoint };
  return new SqliteEventLog(openConnection(all), all);
}

/**
 * Opens the delivery store in the SQLite file of an event log, on a separate connection. It waits for no sync: a power
 * failure can undo its latest steps, so that events are routed or sent again, but nothing that the event log acknowledged or an
 * operator asked for: pauses, replays, their cancellation and requeued deliveries are synced.
 * Rejects as `openSqliteStore` does.
 */
export async function openSqliteDeliveryStore(options: SqliteStoreOptions): Promise<SqliteDeliveryStore> {
  const { busyTimeoutMs = 1000, autoCheckpoint = true } = options;
  const all = { ...options, busyTimeoutMs, autoCheckpoint };
  return new SqliteDeliveryStore(
    openConnection(all),
    all,
    async () => (await import("@sessionhook/core/derive")).recordsOfStored,
  );
}

/**
 * Opens the fact store in the SQLite file of an event log, on a separate connection. The delivery store of the file, in this
 * process or another, writes its rows.
 * Rejects as `openSqliteStore` does.
 */
export async function openSqliteFactStore(options: SqliteStoreOptions): Promise<SqliteFactStore> {
  const { busyTimeoutMs = 1000, autoCheckpoint = true } = options;
  const all = { ...options, busyTimeoutMs, autoCheckpoint };
  return new SqliteFactStore(openConnection(all), all);
}

/**
 * Replaces a database that no app has open by a checked copy of a backup. The old database remains under the name `aside`. What
 * was erased in it is erased in the new one before that gets its name.
 * Rejects with `StoreError` `store_unavailable` while an app has the database open, and as `backUpDatabase` throws for the
 * backup.
 */
export async function restoreDatabase(options: {
  readonly from: string;
  readonly to: string;
  readonly aside: string;
}): Promise<RestoredDatabase> {
  const { recordsOfStored } = await import("@sessionhook/core/derive");
  return restore(options, recordsOfStored);
}
