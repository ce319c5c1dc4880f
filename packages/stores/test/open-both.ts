import type { DatabaseSync } from "node:sqlite";
import { openConnection } from "../src/sqlite/open-connection.js";
import { SqliteEventLog } from "../src/sqlite/store.js";

/** A store and the connection it writes with. */
export function openBoth(path: string, busyTimeoutMs = 0): { db: DatabaseSync; store: SqliteEventLog } {
  const options = { path, busyTimeoutMs, autoCheckpoint: true };
  const connection = openConnection(options);
  return { db: connection.db, store: new SqliteEventLog(connection, options) };
}
