import type { Attempt, Settlement, SettleResult } from "@sessionhook/core";
import { deliveryNumber } from "../../deliveries/names.js";
import {
  cancelledReason,
  firstAttempts,
  maxLostAttempts,
  newestAttempts,
  replayedReason,
  wholeMs,
} from "../../deliveries/rules.js";
import type { Counters } from "./counters.js";
import { jsonOf } from "./rows.js";
import type { DeliverySession } from "./session.js";

interface Leased {
  readonly number: number;
  readonly seq: number;
  readonly destination: number;
  readonly replay: number;
  readonly class: number;
  readonly attempts: number;
  readonly created_at: number;
  readonly event: string;
  readonly type: string | null;
  /** Reason of the attempt before, as JSON. */
  readonly reason: string | null;
}

export function settle(session: DeliverySession, settlements: readonly Settlement[]): SettleResult[] {
  if (settlements.length === 0) return [];
  return session.transaction((counters) => settlements.map((each) => settleOne(session, counters, each)));
}

function settleOne(
  session: DeliverySession,
  counters: Counters,
  { id, attempt, owner, at, record, next }: Settlement,
): SettleResult {
  const row = session.get<Leased>(leasedSql, deliveryNumber(id) ?? 0, attempt, owner);
  if (row === undefined) return "lease_lost";
  if (record !== null) storeAttempt(session, row.number, record);
  const reason = record === null ? row.reason : jsonOf(record.reason);
  if (next.state === "delivering") {
    session.run("UPDATE deliveries SET reason = ? WHERE number = ?", reason, row.number);
  } else if (next.state !== "waiting") {
    finish(session, counters, row, next.state, reason, at);
    if (next.state === "delivered" && (row.replay > 0 || attempt > 1)) resolveDead(session, counters, row);
  } else if (isCancelled(session, row)) {
    finish(session, counters, row, "skipped", jsonOf(cancelledReason), at);
  } else {
    session.run(waitSql, wholeMs(next.dueAt), next.used ? 0 : 1, reason, row.number);
  }
  return "settled";
}

export function extend(
  session: DeliverySession,
  claims: readonly { readonly id: string; readonly attempt: number }[],
  owner: string,
  dueAt: number,
): SettleResult[] {
  if (claims.length === 0) return [];
  return session.transaction(() =>
    claims.map(({ id, attempt }) => {
      const changed = session.run(extendSql, wholeMs(dueAt), deliveryNumber(id) ?? 0, attempt, owner);
      return changed > 0 ? "settled" : "lease_lost";
    }),
  );
}

export function endLeases(session: DeliverySession, owner: string, now: number): number {
  const at = wholeMs(now);
  return session.transaction(() => session.run(endLeasesSql, at, owner, at, maxLostAttempts));
}

function storeAttempt(session: DeliverySession, delivery: number, record: Attempt): void {
  const { number, startedAt, durationMs, outcome, reason } = record;
  session.run(attemptSql, delivery, number, wholeMs(startedAt), durationMs, outcome, jsonOf(reason));
  if (number > firstAttempts + newestAttempts)
    session.run(oldAttemptsSql, delivery, delivery, number - newestAttempts);
}

function finish(
  session: DeliverySession,
  counters: Counters,
  row: Leased,
  state: "delivered" | "skipped" | "dead",
  reason: string | null,
  at: number,
): void {
  const { number, seq, destination, replay, event, type, attempts, created_at } = row;
  session.run("DELETE FROM deliveries WHERE number = ?", number);
  const place = [number, seq, destination, replay, state, event, type, attempts, created_at] as const;
  session.run(finishSql, ...place, wholeMs(at), reason);
  counters.add(row, "open", -1);
  counters.add(row, state);
}

function isCancelled(session: DeliverySession, { replay, class: kind }: Leased): boolean {
  if (kind !== 2) return false;
  return (
    session.get<{ state: string }>("SELECT state FROM replays WHERE number = ?", replay)?.state ===
    "cancelled"
  );
}

/** After a replay or a retry has delivered an event, marks its dead letters for the same destination as skipped. */
function resolveDead(session: DeliverySession, counters: Counters, { seq, destination }: Leased): void {
  for (const { number, replay } of session.all<{ number: number; replay: number }>(
    deadSql,
    seq,
    destination,
  )) {
    session.run(
      "UPDATE history SET state = 'skipped', reason = ? WHERE number = ?",
      jsonOf(replayedReason),
      number,
    );
    counters.add({ destination, replay }, "dead", -1);
    counters.add({ destination, replay }, "skipped");
  }
}

export const leasedSql = `SELECT d.number, d.seq, d.destination, d.replay, d.class, d.attempts, d.created_at, d.reason, e.id AS event, e.type
  FROM deliveries AS d JOIN events AS e ON e.seq = d.seq WHERE d.number = ? AND d.attempts = ? AND d.owner = ?`;
const waitSql =
  "UPDATE deliveries SET owner = NULL, due_at = ?, used = used - ?, reason = ? WHERE number = ?";
const extendSql = "UPDATE deliveries SET due_at = ? WHERE number = ? AND attempts = ? AND owner = ?";
export const endLeasesSql = `UPDATE deliveries INDEXED BY deliveries_leased SET due_at = ?
  WHERE owner IS NOT NULL AND owner = ? AND due_at > ?
  AND attempts - coalesce((SELECT max(a.number) FROM attempts AS a WHERE a.delivery = deliveries.number), 0) <= ?`;
const attemptSql = `INSERT OR REPLACE INTO attempts (delivery, number, started_at, duration_ms, outcome, reason)
  VALUES (?, ?, ?, ?, ?, ?)`;
/** One row, except after an upgrade: earlier versions stored all attempts. Parameters: the delivery twice, newest number to delete. */
export const oldAttemptsSql = `DELETE FROM attempts WHERE delivery = ? AND number IN (
  SELECT a.number FROM attempts AS a WHERE a.delivery = ? AND a.number > ${firstAttempts} AND a.number <= ? LIMIT 1000)`;
const finishSql = `INSERT INTO history
  (number, seq, destination, replay, state, event, type, attempts, created_at, finished_at, reason)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
export const deadSql = `SELECT number, replay FROM history INDEXED BY history_by_event
  WHERE seq = ? AND destination = ? AND state = 'dead'`;
