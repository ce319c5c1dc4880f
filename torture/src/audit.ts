import { DatabaseSync } from "node:sqlite";
import { hashOf, type Ledger } from "./ledger.ts";

/** The comparison of the acknowledged messages with the events in the database file. */
export interface Audit {
  readonly acknowledged: number;
  readonly found: number;
  readonly lost: number;
  /** Acknowledged ids with more than one row. */
  readonly doubled: number;
  readonly wrongBytes: number;
  /** Rows that no sender sent. */
  readonly strangers: number;
  /** Result of `PRAGMA integrity_check`: `ok`. */
  readonly integrity: string;
}

/** Reads the file with SQLite alone, so that the store cannot hide a fault. The app must be stopped. */
export function audit(file: string, ledger: Pick<Ledger, "sent" | "acknowledged">): Audit {
  const db = new DatabaseSync(file);
  try {
    const rows = new Map<string, { count: number; right: boolean }>();
    let strangers = 0;
    const statement = db.prepare("SELECT id, raw FROM events JOIN received USING (seq)");
    for (const row of statement.iterate() as Iterable<{ id: string; raw: Uint8Array }>) {
      const expected = ledger.sent.get(row.id);
      if (expected === undefined) strangers++;
      const seen = rows.get(row.id);
      const right = hashOf(row.raw) === expected && (seen?.right ?? true);
      rows.set(row.id, { count: (seen?.count ?? 0) + 1, right });
    }
    const acknowledged = [...ledger.acknowledged].map((id) => rows.get(id));
    const found = acknowledged.filter((row) => row !== undefined);
    const all = [...rows.values()];
    return {
      acknowledged: acknowledged.length,
      found: found.length,
      lost: acknowledged.length - found.length,
      doubled: all.filter(({ count }) => count > 1).length,
      wrongBytes: all.filter(({ right }) => !right).length,
      strangers,
      integrity: String(db.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"]),
    };
  } finally {
    db.close();
  }
}
