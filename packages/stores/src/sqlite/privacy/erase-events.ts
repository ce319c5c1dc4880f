import type { EventStatus } from "@sessionhook/core";
import type { Counted, Counters } from "../deliveries/counters.js";
import { RecordWriter } from "../deliveries/records.js";
import type { PrivacySession } from "./session.js";

/** Numbers of what was removed. */
export interface Erased {
  events: number;
  sessions: number;
  people: number;
  pageViews: number;
  deliveries: number;
  attempts: number;
  cancelled: number;
  cancelledReplays: number;
  tombstones: number;
  readonly deliveredTo: Set<string>;
}

export function nothingErased(): Erased {
  const derived = { sessions: 0, people: 0, pageViews: 0 };
  const deliveries = { deliveries: 0, attempts: 0, cancelled: 0, cancelledReplays: 0 };
  return { events: 0, ...derived, ...deliveries, tombstones: 0, deliveredTo: new Set() };
}

interface OpenDelivery {
  readonly number: number;
  readonly destination: number;
  readonly replay: number;
}

/** Removes events with everything that was derived from them, in one transaction, and leaves their tombstones. */
export function eraseEvents(
  session: PrivacySession,
  ids: readonly string[],
  now: number,
  erased: Erased,
): void {
  session.transaction((counters) => {
    const json = JSON.stringify(ids);
    for (const { name } of session.all<{ name: string }>(deliveredToSql, json, json, json))
      erased.deliveredTo.add(name);
    session.run(stateSql, json, json);
    session.run("DELETE FROM cooldowns WHERE event IN (SELECT value FROM json_each(?))", json);
    const writer = new RecordWriter(session, session.derive);
    for (const id of ids) eraseEvent(session, counters, writer, id, now, erased);
    writer.finish();
  });
}

function eraseEvent(
  session: PrivacySession,
  counters: Counters,
  writer: RecordWriter,
  id: string,
  now: number,
  erased: Erased,
): void {
  const versions = session.all<{ seq: number; status: EventStatus }>(versionsSql, id);
  const [first, last] = [versions[0], versions.at(-1)];
  if (first === undefined || last === undefined) return;
  eraseDeliveries(session, counters, first.seq, erased);
  writer.put(first.seq, undefined);
  for (const { seq, status } of versions) {
    session.run("DELETE FROM received WHERE seq = ?", seq);
    session.run("DELETE FROM events WHERE seq = ?", seq);
    const column = status === "conflict" ? "conflicts" : status;
    session.run(`UPDATE totals SET ${column} = ${column} - 1`);
    erased.events++;
  }
  for (const table of ["facts", "former", "reroute"])
    session.run(`DELETE FROM ${table} WHERE seq = ?`, first.seq);
  session.run(tombstoneSql, id, last.seq, now);
  erased.tombstones++;
}

function eraseDeliveries(session: PrivacySession, counters: Counters, seq: number, erased: Erased): void {
  const open = session.all<OpenDelivery>(openSql, seq);
  const finished = session.all<OpenDelivery & { state: Counted }>(finishedSql, seq);
  for (const delivery of open) counters.add(delivery, "open", -1);
  // As when retention deletes it: its replay still counts it.
  for (const { destination, state } of finished) counters.addToDestination(destination, state, -1);
  for (const { number } of [...open, ...finished])
    erased.attempts += session.run("DELETE FROM attempts WHERE delivery = ?", number);
  session.run("DELETE FROM deliveries WHERE seq = ?", seq);
  session.run("DELETE FROM history WHERE seq = ?", seq);
  erased.deliveries += open.length + finished.length;
  erased.cancelled += open.length;
}

/** Rows of an event by the JSON list of ids. */
const ofEvents =
  "seq IN (SELECT seq FROM events WHERE version = 1 AND id IN (SELECT value FROM json_each(?)))";
const sentSql = `SELECT destination FROM deliveries WHERE ${ofEvents} AND attempts > 0
  UNION SELECT destination FROM history WHERE ${ofEvents} AND attempts > 0`;
/** Retention deletes history and leaves only the destination of each delivery. Parameters: three times the list. */
export const deliveredToSql = `SELECT name FROM destinations WHERE key IN (${sentSql}
  UNION SELECT destination FROM former WHERE ${ofEvents})`;
/** The reason of a state can have the beginning of an answer to one of the events. */
const stateSql = `UPDATE destinations SET state = json_remove(state, '$.reason.excerpt'), version = version + 1
  WHERE json_extract(state, '$.reason.excerpt') IS NOT NULL AND key IN (${sentSql})`;
const versionsSql = "SELECT seq, status FROM events WHERE id = ? ORDER BY version";
const openSql = "SELECT number, destination, replay FROM deliveries WHERE seq = ?";
const finishedSql = "SELECT number, destination, replay, state FROM history WHERE seq = ?";
const tombstoneSql =
  "INSERT OR REPLACE INTO tombstones (id, seq, left_at, reason) VALUES (?, ?, ?, 'erased')";
