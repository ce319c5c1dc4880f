import type { Replay, ReplayKind, ReplayPage, ReplayQuery, ReplaySpec, ReplayStep } from "@sessionhook/core";
import { replayName, replayNumber } from "../../deliveries/names.js";
import { filterFailed, wholeMs } from "../../deliveries/rules.js";
import { checkLimit, cursorBefore, positionAfter, positionOf } from "../../page.js";
import { Creator, type EventKey, existsSql, skippedSql } from "./create.js";
import { deleteWaiting } from "./delete-waiting.js";
import { storeFacts } from "./routing.js";
import type { DeliverySession } from "./session.js";

interface ReplayRow {
  readonly number: number;
  readonly spec: string;
  readonly state: Replay["state"];
  readonly created_at: number;
  readonly finished_at: number | null;
  readonly position: string | null;
  readonly last: number | null;
  readonly matched: number;
  readonly open: number;
  readonly delivered: number;
  readonly skipped: number;
  readonly dead: number;
}

export function createReplay(session: DeliverySession, spec: ReplaySpec, now: number): Replay {
  const number = session.transaction(() => {
    session.run("UPDATE routing SET replays = replays + 1");
    const { replays } = session.get<{ replays: number }>("SELECT replays FROM routing") as {
      replays: number;
    };
    const last = lastEvent(session, spec.destinations);
    session.run(insertSql, replays, JSON.stringify(spec), wholeMs(now), last);
    return replays;
  });
  return find(session, number) as Replay;
}

export function findReplay(session: DeliverySession, id: string): Replay | undefined {
  return find(session, replayNumber(id) ?? 0);
}

export function listReplays(session: DeliverySession, { state, limit, cursor }: ReplayQuery): ReplayPage {
  checkLimit(limit);
  const rows = session.all<ReplayRow>(
    listSql,
    positionOf("replays", cursor),
    state ?? null,
    state ?? null,
    limit + 1,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > page.length && last !== undefined;
  return {
    replays: page.map((row) => replayOf(session, row)),
    nextCursor: more ? cursorBefore("replays", last.number) : null,
  };
}

/** Returns the number of the last event that a replay to these destinations reads, see `replayEnd`. */
export function lastEvent(session: DeliverySession, destinations: readonly string[]): number {
  return session.get<{ last: number }>(lastSql, JSON.stringify(destinations))?.last ?? 0;
}

/** Returns for each pair whether a replay of this kind creates a delivery. */
export function matches(
  session: DeliverySession,
  kind: ReplayKind,
  eventId: string,
  destination: string,
): boolean {
  const event = session.get<EventKey>(eventSql, eventId);
  const key =
    session.get<{ key: number }>("SELECT key FROM destinations WHERE name = ?", destination)?.key ?? 0;
  return event !== undefined && wants(session, kind, event.seq, key);
}

/** Creates the deliveries of a step; false if another process was faster, or the replay has ended. */
export function planReplay(session: DeliverySession, step: ReplayStep): boolean {
  return session.transaction((counters) => {
    const row = session.get<ReplayRow>(replaySql, replayNumber(step.id) ?? 0);
    if (row?.state !== "running" || row.position !== step.from) return false;
    const { kind } = JSON.parse(row.spec) as ReplaySpec;
    const creator = new Creator(session, counters, wholeMs(step.now));
    let created = 0;
    for (const { eventId, facts, planned } of step.deliveries) {
      const { key } = creator.destination(planned.destination);
      const event = session.get<EventKey>(eventSql, eventId);
      if (event === undefined || !wants(session, kind, event.seq, key)) continue;
      storeFacts(session, event.seq, facts);
      if (creator.create(event, planned, row.number)) created++;
    }
    creator.finish();
    const [state, end] = step.done ? (["done", wholeMs(step.now)] as const) : (["running", null] as const);
    session.run(advanceSql, step.to, created, state, end, row.number);
    return true;
  });
}

/** Ends a replay, then deletes its waiting deliveries. */
export function cancelReplay(session: DeliverySession, id: string, now: number): boolean {
  const number = replayNumber(id) ?? 0;
  const cancelled = session.transaction(() => {
    const row = session.get<ReplayRow>(replaySql, number);
    if (row === undefined || (row.state !== "running" && row.open === 0)) return false;
    if (row.state !== "cancelled") session.run(cancelSql, wholeMs(now), number);
    return true;
  });
  if (cancelled) deleteWaiting(session, number, now);
  return cancelled;
}

function wants(session: DeliverySession, kind: ReplayKind, seq: number, destination: number): boolean {
  if (kind !== "failed" && isRouters(session, seq, destination)) return false;
  if (kind === "all") return true;
  const pairs = Array.from({ length: 5 }, () => [seq, destination]).flat();
  const row = session.get<{ known: number; open: number; dead: number }>(pairSql, ...pairs);
  if (row === undefined) return false;
  return kind === "missing" ? row.known === 0 : row.dead === 1 && row.open === 0;
}

/** Returns whether the router can still create the live delivery: a replay that sent the event too would send it twice. */
function isRouters(session: DeliverySession, seq: number, destination: number): boolean {
  if (session.get(unroutedSql, destination, seq, seq, seq) === undefined) return false;
  const identity = [seq, destination, 0];
  const exists = session.get(existsSql, ...identity, ...identity, ...identity) !== undefined;
  return !exists || session.get(skippedSql, seq, destination) !== undefined;
}

function find(session: DeliverySession, number: number): Replay | undefined {
  const row = session.get<ReplayRow>(replaySql, number);
  return row === undefined ? undefined : replayOf(session, row);
}

function replayOf(session: DeliverySession, row: ReplayRow): Replay {
  const { open, delivered, skipped, dead } = row;
  const delivering = session.get<{ n: number }>(deliveringSql, row.number)?.n ?? 0;
  return {
    id: replayName(row.number) ?? "",
    spec: JSON.parse(row.spec) as ReplaySpec,
    state: row.state,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    position: row.position,
    end: row.last === null ? null : positionAfter(row.last),
    matched: row.matched,
    counts: { waiting: open - delivering, delivering, delivered, skipped, dead },
  };
}

const insertSql =
  "INSERT INTO replays (number, spec, state, created_at, last) VALUES (?, ?, 'running', ?, ?)";
const lastSql = `SELECT max(position, coalesce((SELECT max(start) FROM destinations
  WHERE name IN (SELECT value FROM json_each(?))), 0)) AS last FROM routing`;
const listSql = `SELECT * FROM replays WHERE number < ? AND (? IS NULL OR state = ?)
  ORDER BY number DESC LIMIT ?`;
const replaySql = "SELECT * FROM replays WHERE number = ?";
const advanceSql = `UPDATE replays SET position = ?, matched = matched + ?, state = ?, finished_at = ?
  WHERE number = ?`;
const cancelSql = "UPDATE replays SET state = 'cancelled', finished_at = ? WHERE number = ?";
const eventSql = "SELECT seq, id, type, received_at FROM events WHERE id = ? AND version = 1";
/** Parameters: key of the destination, number of the event, three times. */
export const unroutedSql = `SELECT 1 FROM destinations WHERE key = ? AND start < ?
  AND (? > (SELECT position FROM routing) OR EXISTS (SELECT 1 FROM reroute WHERE seq = ?))`;
export const pairSql = `SELECT
  EXISTS (SELECT 1 FROM deliveries WHERE seq = ? AND destination = ?) AS open,
  EXISTS (SELECT 1 FROM history WHERE seq = ? AND destination = ? AND state = 'dead') AS dead,
  EXISTS (SELECT 1 FROM deliveries WHERE seq = ? AND destination = ?
    UNION ALL SELECT 1 FROM history WHERE seq = ? AND destination = ? AND NOT
      (state = 'skipped' AND attempts = 0 AND coalesce(reason ->> '$.code', '') = '${filterFailed}')
    UNION ALL SELECT 1 FROM former WHERE seq = ? AND destination = ?) AS known`;
export const deliveringSql = `SELECT count(*) AS n FROM deliveries INDEXED BY deliveries_leased
  WHERE owner IS NOT NULL AND replay = ?`;
