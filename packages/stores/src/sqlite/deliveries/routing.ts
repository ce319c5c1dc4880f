import {
  classifications,
  type Derive,
  type DerivedRecords,
  type Facts,
  type RoutingDecision,
  type Unrouted,
} from "@sessionhook/core";
import { parseToken, tokenOf } from "../../deliveries/names.js";
import { checkDecisions, limited } from "../../deliveries/rules.js";
import { rowsWithin } from "../../page.js";
import { type EventRow, eventOf } from "../../sql/rows.js";
import { bodiesSql } from "../../sql/scan-events-sql.js";
import { boundLimit } from "../bound-limit.js";
import { generations } from "../facts/generation.js";
import { Creator, type EventKey } from "./create.js";
import { RecordWriter } from "./records.js";
import type { DeliverySession } from "./session.js";

interface Position {
  readonly position: number;
  readonly rechecked: number;
}

interface Candidate extends EventKey {
  readonly size: number;
  /** Number of its recheck; null for an event that follows the position. */
  readonly recheck: number | null;
}

export function unrouted(session: DeliverySession, limit: number): Unrouted {
  const most = limited(limit);
  const { position, rechecked } = positionOf(session);
  const rechecks = session.all<Candidate>(rechecksSql, Number.MAX_SAFE_INTEGER, Math.ceil(most / 2));
  const found = [...rechecks, ...following(session, position, most - rechecks.length)];
  const taken = found.slice(0, rowsWithin(found.map(({ size }) => size)));
  const last = taken.findLast(({ recheck }) => recheck !== null)?.recheck;
  const events = eventsOf(
    session,
    taken.map(({ seq }) => seq),
  );
  return { events, token: tokenOf({ position, rechecked, rechecks: last ?? rechecked }) };
}

interface Plan {
  readonly token: string;
  readonly decisions: readonly RoutingDecision[];
  readonly now: number;
  readonly derive: Derive;
}

export function plan(session: DeliverySession, { token, decisions, now, derive }: Plan): boolean {
  const expected = parseToken(token);
  return session.transaction((counters) => {
    const { position, rechecked } = positionOf(session);
    if (position !== expected.position || rechecked !== expected.rechecked) return false;
    if (decisions.length === 0) return true;
    const batch = session.all<Candidate>(rechecksSql, expected.rechecks, decisions.length);
    batch.push(...following(session, position, decisions.length - batch.length));
    const ids = batch.map(({ id }) => id);
    const isErased = (id: string) => session.get(erasedSql, id) !== undefined;
    if (decisions.some(({ eventId }, index) => eventId !== ids[index] && isErased(eventId))) return false;
    checkDecisions(decisions, ids);
    const creator = new Creator(session, counters, now);
    const next = { position, rechecked };
    for (const [index, { facts, records, deliveries }] of decisions.entries()) {
      const event = batch[index] as Candidate;
      // Only destinations use the stored ones.
      if (deliveries.length > 0) storeFacts(session, event.seq, facts);
      session.routed.add(event.seq, records, event.size);
      for (const planned of deliveries) {
        if (event.seq <= creator.destination(planned.destination).start) continue;
        creator.create(event, planned, 0, event.recheck !== null);
      }
      if (event.recheck === null) next.position = event.seq;
      else next.rechecked = event.recheck;
    }
    creator.finish();
    const rechecks = decisions.flatMap(({ records }, index) => {
      const { seq, recheck } = batch[index] as Candidate;
      return recheck === null ? [] : { seq, records };
    });
    if (rechecks.length > 0) deriveRechecked(session, rechecks, derive);
    session.run("UPDATE routing SET position = ?, rechecked = ?", next.position, next.rechecked);
    if (next.rechecked !== rechecked) session.run("DELETE FROM reroute WHERE number <= ?", next.rechecked);
    return true;
  });
}

/**
 * Writes the records of rechecked events, which the derived tables can have already; those of the others are left to `deriveRouted`.
 * If tables cannot be written, the events are routed without: a rebuild reads them. The others, such as those that a rebuild
 * fills meanwhile, get them all the same.
 */
function deriveRechecked(
  session: DeliverySession,
  rechecks: readonly { readonly seq: number; readonly records: DerivedRecords | undefined }[],
  derive: Derive,
): void {
  for (const generation of generations(session)) {
    session.db.exec("SAVEPOINT rechecked");
    try {
      const writer = new RecordWriter(session, derive, [generation]);
      for (const { seq, records } of rechecks) writer.put(seq, records);
      writer.finish();
    } catch {
      // Where SQLite has ended the transaction, such as on a full disk, this throws, and nothing is routed.
      session.db.exec("ROLLBACK TO rechecked");
      session.run("UPDATE derivation SET incomplete = 1 WHERE generation = ?", generation.generation);
    }
    session.db.exec("RELEASE rechecked");
  }
}

export function lag(session: DeliverySession): number {
  return session.get<{ lag: number }>(lagSql)?.lag ?? 0;
}

export function storeFacts(session: DeliverySession, seq: number, facts: Facts | undefined): void {
  if (facts === undefined) return;
  session.run(factsSql, seq, JSON.stringify(facts));
  session.recent.planned(seq, facts);
}

function positionOf(session: DeliverySession): Position {
  return session.get<Position>("SELECT position, rechecked FROM routing") as Position;
}

function following(session: DeliverySession, position: number, most: number): Candidate[] {
  if (most <= 0) return [];
  const each = routedStatuses.flatMap(() => [position, most]);
  return session.all<Candidate>(followingSql, ...each, most);
}

/** Returns events with their bodies, in the given order; one can occur twice. */
function eventsOf(session: DeliverySession, seqs: readonly number[]): Unrouted["events"] {
  if (seqs.length === 0) return [];
  const rows = session.all<EventRow>(bodiesSql.replace(":seqs", "?"), JSON.stringify(seqs));
  const events = new Map(rows.map((row) => [row.seq, eventOf(row)]));
  for (const [seq, event] of events) session.recent.read(seq, event);
  return seqs.flatMap((seq) => events.get(seq) ?? []);
}

const columns = "e.seq, e.id, e.type, e.received_at, e.size";
export const rechecksSql = `SELECT ${columns}, r.number AS recheck FROM reroute AS r JOIN events AS e ON e.seq = r.seq
  WHERE r.number <= ? ORDER BY r.number ${boundLimit}`;

const routedStatuses: readonly string[] = classifications;
/**
 * From an index by status, so that many conflicts in a row cost nothing. Parameters: position and number of rows for each
 * status, number of rows.
 */
export const followingSql = `SELECT ${columns}, NULL AS recheck FROM events AS e NOT INDEXED WHERE e.seq IN (
  SELECT seq FROM (${routedStatuses.map(oldestOf).join(" UNION ALL ")}) ORDER BY seq ${boundLimit}) ORDER BY e.seq`;

function oldestOf(status: string): string {
  return `SELECT * FROM (SELECT seq FROM events INDEXED BY events_by_status
    WHERE status = '${status}' AND seq > ? ORDER BY seq ${boundLimit})`;
}

/** An event can be erased while the router decides about it. */
const erasedSql = "SELECT 1 FROM tombstones WHERE id = ? AND reason IS NOT NULL";
export const lagSql = `SELECT (SELECT count(*) FROM reroute) + (SELECT count(*) FROM events INDEXED BY events_by_status
  WHERE status IN ('accepted', 'quarantined', 'unrecognized') AND seq > (SELECT position FROM routing)) AS lag`;
const factsSql = `INSERT INTO facts (seq, facts) VALUES (?, ?)
  ON CONFLICT (seq) DO UPDATE SET facts = excluded.facts`;
