import type { DatabaseSync } from "node:sqlite";
import type { WriteTurns } from "./write-turns.js";

/**
 * Runs `work` as one write transaction. It acquires the write lock at the start, so that rows read by `work`
 * cannot change before the commit. On a failure it rolls back and rethrows.
 */
export function inTransaction<T>(
  db: DatabaseSync,
  work: () => T,
  beforeCommit?: () => void,
  turns?: WriteTurns,
): T {
  turns?.begin();
  try {
    return transact(db, work, beforeCommit);
  } finally {
    turns?.end();
  }
}

function transact<T>(db: DatabaseSync, work: () => T, beforeCommit?: () => void): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    beforeCommit?.();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

function rollBack(db: DatabaseSync): void {
  try {
    db.exec("ROLLBACK");
  } catch {
    // SQLite has already rolled back (disk full, I/O error), so no transaction is open.
  }
}
