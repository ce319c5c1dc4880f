import { DatabaseSync } from "node:sqlite";

/** Returns the ids of the events in a database, read with SQLite alone. */
export function idsIn(path: string): unknown[] {
  const db = new DatabaseSync(path);
  try {
    const rows = db.prepare("SELECT id FROM events JOIN received USING (seq)").all();
    return rows.map(({ id }) => id);
  } finally {
    db.close();
  }
}
