import { DatabaseSync } from "node:sqlite";

/** The ids of the events in a database, read with nothing but SQLite. */
export function idsIn(path: string): unknown[] {
  const db = new DatabaseSync(path);
  try {
    const rows = db.prepare("SELECT id FROM events JOIN received USING (seq)").all();
    return rows.map(({ id }) => id);
  } finally {
    db.close();
  }
}
