import type { RoutingDecision, Unrouted } from "@sessionhook/core";
import { checkDecisions, limited } from "../../deliveries/rules.js";
import { parseToken, tokenOf } from "../../deliveries/names.js";
import { rowsWithin } from "../../page.js";
import { copyEvent, type MemoryRow } from "../append-events.js";
import type { DeliveryData } from "./data.js";

interface Candidate {
  readonly row: MemoryRow;
  /** Number of its recheck; undefined for an event that follows the position. */
  readonly recheck: number | undefined;
}

export function unrouted(data: DeliveryData, limit: number): Unrouted {
  const most = limited(limit);
  const rechecks = pendingRechecks(data).slice(0, Math.ceil(most / 2));
  const found = [...rechecks, ...following(data, most - rechecks.length)];
  const taken = found.slice(0, rowsWithin(found.map(({ row }) => row.size)));
  const last = taken.findLast(({ recheck }) => recheck !== undefined)?.recheck;
  const { position, rechecked } = data;
  return {
    events: taken.map(({ row }) => copyEvent(row)),
    token: tokenOf({ position, rechecked, rechecks: last ?? rechecked }),
  };
}

export function plan(
  data: DeliveryData,
  token: string,
  decisions: readonly RoutingDecision[],
  now: number,
): boolean {
  const { position, rechecked, rechecks } = parseToken(token);
  if (position !== data.position || rechecked !== data.rechecked) return false;
  const batch = pendingRechecks(data).filter(({ recheck = 0 }) => recheck <= rechecks);
  batch.push(...following(data, Math.max(0, decisions.length - batch.length)));
  const ids = batch.map(({ row }) => row.id);
  const isErased = (id: string) => data.log.tombstones.get(id)?.reason !== undefined;
  // An event can be erased while the router decides about it.
  if (decisions.some(({ eventId }, index) => eventId !== ids[index] && isErased(eventId))) return false;
  checkDecisions(decisions, ids);
  for (const { destination } of decisions.flatMap(({ deliveries }) => deliveries))
    data.checkName(destination);
  for (const [index, decision] of decisions.entries()) {
    const { row, recheck } = batch[index] as Candidate;
    // Only destinations use the stored ones.
    if (decision.facts !== undefined && decision.deliveries.length > 0)
      data.facts.set(row.arrival, structuredClone(decision.facts));
    data.records.put(row.arrival, decision.records);
    for (const planned of decision.deliveries) {
      if (row.arrival <= (data.destinations.get(planned.destination)?.start ?? Infinity)) continue;
      data.create(row, planned, now, 0, recheck !== undefined);
    }
    if (recheck === undefined) data.position = row.arrival;
    else data.rechecked = recheck;
  }
  const { log } = data;
  if (log.rechecks !== undefined) log.rechecks = log.rechecks.filter(({ number }) => number > data.rechecked);
  return true;
}

export function lag(data: DeliveryData): number {
  return pendingRechecks(data).length + following(data, Infinity).length;
}

function pendingRechecks({ log }: DeliveryData): Candidate[] {
  return (log.rechecks ?? []).map(({ number, row }) => ({ row, recheck: number }));
}

function following({ log, position }: DeliveryData, most: number): Candidate[] {
  const found: Candidate[] = [];
  for (let at = position; at < log.rows.length && found.length < most; at++) {
    const row = log.rows[at];
    if (row !== undefined && row.status !== "conflict") found.push({ row, recheck: undefined });
  }
  return found;
}
