import type { Derive, EventStatus } from "@sessionhook/core";
import { examinedPerEvent } from "../../deliveries/rules.js";
import { RecordWriter } from "./records.js";
import type { DeliverySession } from "./session.js";

interface Query {
  readonly before: number;
  readonly now: number;
  readonly limit: number;
  readonly derive: Derive;
}

/**
 * Deletes old events in the order of the log.
 * @param place where the call before ended; events that must stay would otherwise be examined each time
 */
export function pruneEvents(session: DeliverySession, query: Query, place: { from: number }): number {
  const { before, now, limit, derive } = query;
  return session.transaction(() => {
    const window = session.get<{ to: number | null; oldest: number | null }>(
      windowSql,
      place.from,
      limit * examinedPerEvent,
    );
    const to = window?.to ?? place.from;
    const rows = session.all<{ seq: number; id: string }>(oldSql, place.from, to, before, before, limit);
    const writer = new RecordWriter(session, derive);
    for (const { seq, id } of rows) {
      writer.put(seq, undefined);
      deleteEvent(session, seq, id, now);
    }
    writer.finish();
    const end = (window?.oldest ?? Infinity) >= before;
    place.from = end ? 0 : rows.length === limit ? (rows.at(-1)?.seq ?? to) : to;
    return rows.length;
  });
}

function deleteEvent(session: DeliverySession, first: number, id: string, now: number): void {
  const versions = session.all<{ seq: number; status: EventStatus }>(versionsSql, id);
  for (const { seq, status } of versions) {
    session.run("DELETE FROM received WHERE seq = ?", seq);
    session.run("DELETE FROM events WHERE seq = ?", seq);
    session.recent.delete(seq);
    const column = status === "conflict" ? "conflicts" : status;
    session.run(`UPDATE totals SET ${column} = ${column} - 1`);
  }
  session.run("DELETE FROM facts WHERE seq = ?", first);
  session.run("DELETE FROM former WHERE seq = ?", first);
  session.run("INSERT OR REPLACE INTO tombstones (id, seq, left_at) VALUES (?, ?, ?)", id, first, now);
}

/** The events to examine: where they end, and when the oldest of them was received. */
export const windowSql = `SELECT max(seq) AS "to", min(received_at) AS oldest
  FROM (SELECT seq, received_at FROM events WHERE seq > ? ORDER BY seq LIMIT ?)`;
/**
 * Never the newest row: SQLite would give its number to the next event, and the router is past that. Parameters: seq, seq,
 * time, time, number of rows.
 */
export const oldSql = `SELECT e.seq, e.id FROM events AS e
  WHERE e.seq > ? AND e.seq <= min(?, (SELECT position FROM routing))
    AND e.version = 1 AND e.received_at < ?
    AND NOT EXISTS (SELECT 1 FROM events AS v WHERE v.id = e.id
      AND (v.received_at >= ? OR v.seq = (SELECT max(seq) FROM events)))
    AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.seq = e.seq)
    AND NOT EXISTS (SELECT 1 FROM reroute AS r WHERE r.seq = e.seq)
  ORDER BY e.seq LIMIT ?`;
const versionsSql = "SELECT seq, status FROM events WHERE id = ?";
