import type { Derive } from "@sessionhook/core";
import { DatabaseSync } from "node:sqlite";
import { attempt } from "../attempt.js";
import { Connection } from "../connection.js";
import { openDatabase } from "../database.js";
import { deleteOldTables } from "../facts/rebuild.js";
import { eraseEvents, nothingErased } from "./erase-events.js";
import { PrivacySession } from "./session.js";

/** Remains of an erased event. */
export interface Tombstone {
  readonly id: string;
  readonly seq: number;
  readonly left_at: number;
}

const patienceMs = 2000;
const erasedAtOnce = 500;

/** Returns the tombstones of erased events; undefined if they cannot be read. */
export function tombstonesIn(db: DatabaseSync): readonly Tombstone[] | undefined {
  return attempt(() => {
    const columns = db.prepare("SELECT name FROM pragma_table_info('tombstones')").all();
    // A database of a version that could not erase.
    if (!columns.some(({ name }) => name === "reason")) return [];
    return db.prepare(erasedSql).all() as unknown as Tombstone[];
  });
}

/** Reads them from a database that may be damaged. */
export function tombstonesAt(path: string): readonly Tombstone[] | undefined {
  return attempt(() => {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return tombstonesIn(db);
    } finally {
      db.close();
    }
  });
}

/**
 * Erases events in a database that no other process uses, and overwrites their bytes.
 * @returns the number of rows of the event log that were removed
 */
export async function applyTombstones(
  path: string,
  tombstones: readonly Tombstone[],
  derive: Derive,
): Promise<number> {
  if (tombstones.length === 0) return 0;
  const connection = Connection.open(path, () => openDatabase(path, patienceMs));
  try {
    const session = new PrivacySession(connection, derive);
    const erased = nothingErased();
    for (let from = 0; from < tombstones.length; from += erasedAtOnce) {
      const some = tombstones.slice(from, from + erasedAtOnce);
      eraseEvents(
        session,
        some.map(({ id }) => id),
        0,
        erased,
      );
      session.write(() => {
        for (const { id, seq, left_at } of some) session.run(leaveSql, id, seq, left_at);
      });
    }
    session.run(filtersSql);
    // Those of before a rebuild may have rows of the person.
    let old = false;
    while (deleteOldTables(session)) old = true;
    if (erased.events > 0 || old) session.rewrite();
    return erased.events;
  } finally {
    connection.close();
  }
}

const erasedSql = "SELECT id, seq, left_at FROM tombstones WHERE reason IS NOT NULL";
/** A filter can name the person. One that runs needs it. */
const filtersSql = "UPDATE replays SET spec = json_remove(spec, '$.when') WHERE state <> 'running'";
/** The number of the event in this database stays. */
const leaveSql = `INSERT INTO tombstones (id, seq, left_at, reason) VALUES (?, ?, ?, 'erased')
  ON CONFLICT (id) DO UPDATE SET left_at = excluded.left_at, reason = excluded.reason`;
