import type { Attempt, ClaimedDelivery, ClaimQuery, Settlement, SettleResult } from "@sessionhook/core";
import { deliveryNumber } from "../../deliveries/names.js";
import {
  cancelledReason,
  firstAttempts,
  limited,
  maxClaim,
  maxClaimBytes,
  maxLostAttempts,
  newestAttempts,
  replayedReason,
  wholeMs,
} from "../../deliveries/rules.js";
import { rowsWithin } from "../../page.js";
import { copyEvent } from "../append-events.js";
import { type DeliveryData, deliveryOf, isFinished, type MemoryDelivery } from "./data.js";

export function claim(data: DeliveryData, query: ClaimQuery): ClaimedDelivery[] {
  const { destination, now, owner, leaseMs } = query;
  const limit = limited(query.limit, maxClaim);
  if (query.class === "replay")
    for (const { number, state } of data.replays.values())
      if (state === "cancelled") data.deleteWaiting(number, now);
  const due = [...(data.open.get(destination) ?? [])]
    .filter((each) => each.class === query.class && dueOf(each) <= now)
    .sort((one, other) => dueOf(one) - dueOf(other) || one.number - other.number)
    .slice(0, limit);
  const taken = due.slice(
    0,
    rowsWithin(
      due.map(({ row }) => row.size),
      maxClaimBytes,
    ),
  );
  return taken.map((delivery) => {
    const lease = { state: "delivering", owner, dueAt: wholeMs(now + leaseMs) };
    Object.assign(delivery, lease, delivery.class === "new" ? { class: "retry" } : {});
    delivery.attempts++;
    delivery.used++;
    return claimed(data, delivery);
  });
}

function claimed(data: DeliveryData, delivery: MemoryDelivery): ClaimedDelivery {
  const { used, since, heldMs, row } = delivery;
  const facts = data.facts.get(row.arrival);
  return {
    ...deliveryOf(delivery),
    used,
    since,
    heldMs,
    event: copyEvent(row),
    facts,
  };
}

export function settle(data: DeliveryData, settlements: readonly Settlement[]): SettleResult[] {
  return settlements.map((settlement) => {
    const { id, attempt, owner, at, record, next } = settlement;
    const delivery = leased(data, id, attempt, owner);
    if (delivery === undefined) return "lease_lost";
    if (record !== null) storeAttempt(delivery.records, record);
    const reason = record === null ? delivery.reason : record.reason;
    const cancelled = delivery.class === "replay" && data.isCancelled(delivery.replay);
    if (next.state === "delivering") delivery.reason = reason;
    else if (next.state === "waiting" && cancelled) data.finish(delivery, "skipped", cancelledReason, at);
    else if (next.state === "waiting") {
      const { dueAt, used } = next;
      Object.assign(delivery, { state: "waiting", dueAt: wholeMs(dueAt), owner: null, reason });
      if (!used) delivery.used--;
    } else {
      data.finish(delivery, next.state, reason, at);
      const repeated = delivery.replay > 0 || attempt > 1;
      if (next.state === "delivered" && repeated) resolveDead(data, delivery);
    }
    return "settled";
  });
}

/** Stores a record, and deletes one of so many. The record of an attempt that went on is replaced. */
function storeAttempt(records: Attempt[], record: Attempt): void {
  if (records.at(-1)?.number === record.number) records.pop();
  records.push(structuredClone(record));
  const old = (number: number) => number > firstAttempts && number <= record.number - newestAttempts;
  const kept = records.filter(({ number }) => !old(number));
  records.splice(0, records.length, ...kept);
}

/** After an event has been delivered by a replay or a retry, marks its dead letters for the same destination as skipped. */
function resolveDead(data: DeliveryData, { row, destination }: MemoryDelivery): void {
  for (const each of data.of(row.arrival, destination)) {
    if (each.state !== "dead") continue;
    Object.assign(each, { state: "skipped", reason: replayedReason });
    const ended = data.replays.get(each.replay)?.ended;
    if (ended === undefined) continue;
    ended.dead--;
    ended.skipped++;
  }
}

export function extend(
  data: DeliveryData,
  claims: readonly { readonly id: string; readonly attempt: number }[],
  owner: string,
  dueAt: number,
): SettleResult[] {
  return claims.map(({ id, attempt }) => {
    const delivery = leased(data, id, attempt, owner);
    if (delivery === undefined) return "lease_lost";
    delivery.dueAt = wholeMs(dueAt);
    return "settled";
  });
}

export function endLeases(data: DeliveryData, owner: string, now: number): number {
  const ended = [...data.deliveries.values()].filter(
    (each) =>
      each.owner === owner &&
      dueOf(each) > now &&
      each.attempts - (each.records.at(-1)?.number ?? 0) <= maxLostAttempts,
  );
  for (const delivery of ended) delivery.dueAt = wholeMs(now);
  return ended.length;
}

function leased(data: DeliveryData, id: string, attempt: number, owner: string): MemoryDelivery | undefined {
  const delivery = data.deliveries.get(deliveryNumber(id) ?? 0);
  const own = delivery?.attempts === attempt && delivery.owner === owner && !isFinished(delivery.state);
  return own ? delivery : undefined;
}

export function dueOf({ dueAt }: MemoryDelivery): number {
  return dueAt ?? Infinity;
}
