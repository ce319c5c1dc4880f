import { DatabaseSync } from "node:sqlite";

/**
 * Locks a file, creating it empty if necessary. The lock is SQLite's: the system removes it when the process ends, however that
 * happens, and processes in different containers see it too, where a process id would name another process.
 * @returns a function that unlocks it; undefined if it is locked or cannot be used
 */
export function lockFile(path: string): (() => void) | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    // Writes nothing: a journal on the disk would be created at once.
    db.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE");
    const open = db;
    return () => open.close();
  } catch {
    db?.close();
    return undefined;
  }
}
