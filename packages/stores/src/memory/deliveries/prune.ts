import type { PruneQuery, PruneResult } from "@sessionhook/core";
import { type DeliveryData, isFinished } from "./data.js";

export function prune(data: DeliveryData, query: PruneQuery): PruneResult {
  const {
    now,
    limit,
    historyBefore = -Infinity,
    eventsBefore = -Infinity,
    tombstonesBefore = -Infinity,
  } = query;
  const history = pruneHistory(data, historyBefore, limit);
  const events = pruneEvents(data, eventsBefore, limit, now);
  let tombstones = 0;
  for (const [id, { leftAt, reason }] of data.log.tombstones) {
    if (reason !== undefined || leftAt >= tombstonesBefore || tombstones === limit) continue;
    data.log.tombstones.delete(id);
    tombstones++;
  }
  for (const { number, state } of data.replays.values())
    if (state === "cancelled") data.deleteWaiting(number, now);
  for (const [key, { until, replay }] of data.cooldowns)
    if (until < now && data.replays.get(replay)?.state !== "running") data.cooldowns.delete(key);
  return { history, events, tombstones, oldTables: false, unexamined: false };
}

function pruneHistory(data: DeliveryData, before: number, limit: number): number {
  const old = [...data.deliveries.values()]
    .filter(({ state, finishedAt }) => isFinished(state) && (finishedAt ?? Infinity) < before)
    .slice(0, limit);
  for (const delivery of old) {
    const { arrival } = delivery.row;
    data.delete(delivery);
    if (data.log.rows[arrival - 1] === undefined) continue;
    const former = data.former.get(arrival) ?? new Set<string>();
    data.former.set(arrival, former.add(delivery.destination));
  }
  for (const [number, { state, finishedAt }] of data.replays) {
    const ended = state !== "running" && (finishedAt ?? Infinity) < before;
    if (ended && data.openOf(number).length === 0) data.replays.delete(number);
  }
  return old.length;
}

function pruneEvents(data: DeliveryData, before: number, limit: number, now: number): number {
  const { log, position } = data;
  const newest = log.rows.length;
  let events = 0;
  for (let at = 0; at < position && events < limit; at++) {
    const row = log.rows[at];
    if (row === undefined || row.version !== 1) continue;
    const versions = log.byId.get(row.id) ?? [];
    if (versions.some(({ arrival, receivedAt }) => arrival === newest || receivedAt >= before)) continue;
    if (log.rechecks?.some((recheck) => recheck.row === row) === true) continue;
    if ([...(data.byEvent.get(row.arrival) ?? [])].some(({ state }) => !isFinished(state))) continue;
    log.remove(row.id, now);
    data.facts.delete(row.arrival);
    data.records.put(row.arrival, undefined);
    data.former.delete(row.arrival);
    events++;
  }
  return events;
}
