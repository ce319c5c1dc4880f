import { openDatabase } from "./sqlite/database.js";
import { SqliteEventLog } from "./sqlite/store.js";

export { backUpDatabase, type DatabaseCopy } from "./sqlite/backup.js";
export { restoreDatabase } from "./sqlite/restore.js";
export { Checkpointer } from "./sqlite/checkpoint.js";
export type { SqliteEventLog };

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
}

/**
 * Opens, and if need be makes or upgrades, a store in one SQLite file (write-ahead log, every
 * acknowledged batch synced to disk). Several processes may share the file.
 *
 * Rejects with `StoreError`: `store_too_new` for a file of a newer version, `store_foreign` for a
 * file that is not such a store, `store_unavailable` where it cannot be opened. A refused file is
 * left as it was.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteEventLog> {
  const { path, busyTimeoutMs = 1000, autoCheckpoint = true } = options;
  return SqliteEventLog.over(openDatabase(path, busyTimeoutMs, autoCheckpoint));
}
