import type { DatabaseSync } from "node:sqlite";

/**
 * Runs `work` as one write transaction. The write lock is taken at the start, so that nothing read in
 * it can change before the commit. On any failure everything is undone and the failure is rethrown.
 */
export function inTransaction<T>(db: DatabaseSync, work: () => T, beforeCommit?: () => void): T {
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
    // SQLite has rolled back by itself (disk full, I/O error): there is no transaction left.
  }
}
