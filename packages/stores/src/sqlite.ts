import { openConnection } from "./sqlite/open-connection.js";
import { SqliteEventStore } from "./sqlite/store.js";

export { backUpDatabase, type DatabaseCopy } from "./sqlite/backup.js";
export { restoreDatabase } from "./sqlite/restore.js";
export { Checkpointer } from "./sqlite/checkpoint.js";
export type { SqliteEventStore };

export interface SqliteStoreOptions {
  /** The database file. Made with mode 0600 when it is missing, missing folders above it with 0700. */
  readonly path: string;
  /**
   * How long to wait for another process that is writing, in milliseconds. The wait blocks this
   * process, so keep it short. Default 1000.
   */
  readonly busyTimeoutMs?: number;
  /**
   * Copy the write-ahead log into the database every 4 MB, within the append that gets there. Default true. With false
   * the log grows until `checkpoint` is called, at best after a `Checkpointer` in another thread has done most of it;
   * before SQLite 3.51, which cannot tell how long the log is, it stays true.
   */
  readonly autoCheckpoint?: boolean;
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
 * Opens, and if need be makes or upgrades, a store in one SQLite file (write-ahead log, every
 * acknowledged batch synced to disk). Several processes may share the file.
 *
 * Rejects with `StoreError`: `store_too_new` for a file of a newer version, `store_foreign` for a
 * file that is not such a store, `store_unavailable` where it cannot be opened. A refused file is
 * left as it was.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteEventStore> {
  const all = { ...options, busyTimeoutMs: options.busyTimeoutMs ?? 1000, autoCheckpoint: options.autoCheckpoint ?? true };
  return new SqliteEventStore(openConnection(all), all);
}
