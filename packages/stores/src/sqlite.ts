import type { EventStore } from "@sessionhook/core";
import { openDatabase } from "./sqlite/database.js";
import { SqliteEventStore } from "./sqlite/store.js";

export interface SqliteStoreOptions {
  /** The database file. Made with mode 0600 when it is missing, missing folders above it with 0700. */
  readonly path: string;
  /**
   * How long to wait for another process that is writing, in milliseconds. The wait blocks this
   * process, so keep it short. Default 1000.
   */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens, and if need be makes or upgrades, a store in one SQLite file (write-ahead log, every
 * acknowledged batch synced to disk). Several processes may share the file.
 *
 * Rejects with `StoreError`: `store_too_new` for a file of a newer version, `store_foreign` for a
 * file that is not such a store, `store_unavailable` where it cannot be opened. A refused file is
 * left as it was.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<EventStore> {
  return SqliteEventStore.over(openDatabase(options.path, options.busyTimeoutMs ?? 1000));
}
