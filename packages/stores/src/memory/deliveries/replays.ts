import type { Replay, ReplayKind, ReplayStep } from "@sessionhook/core";
import { replayName, replayNumber } from "../../deliveries/names.js";
import { filterFailed } from "../../deliveries/rules.js";
import { positionAfter } from "../../page.js";
import type { MemoryRow } from "../append-events.js";
import { type DeliveryData, isFinished, type MemoryDelivery, type MemoryReplay } from "./data.js";

export function replayOf(data: DeliveryData, replay: MemoryReplay): Replay {
  const { number, spec, state, createdAt, finishedAt, position, last, matched, ended } = replay;
  const open = data.openOf(number);
  const delivering = open.filter((each) => each.state === "delivering").length;
  return {
    id: replayName(number) ?? "",
    spec: structuredClone(spec),
    state,
    createdAt,
    finishedAt,
    position,
    end: positionAfter(last),
    matched,
    counts: { waiting: open.length - delivering, delivering, ...ended },
  };
}

/** Returns whether a replay of this kind creates a delivery. */
export function matches(data: DeliveryData, kind: ReplayKind, eventId: string, destination: string): boolean {
  const row = data.log.byId.get(eventId)?.[0];
  if (row === undefined) return false;
  if (kind !== "failed" && isRouters(data, row, destination)) return false;
  if (kind === "all") return true;
  const deliveries = data.of(row.arrival, destination);
  if (kind === "missing")
    return deliveries.every(isUnfiltered) && data.former.get(row.arrival)?.has(destination) !== true;
  return (
    deliveries.some(({ state }) => state === "dead") && deliveries.every(({ state }) => isFinished(state))
  );
}

function isUnfiltered({ state, attempts, reason }: MemoryDelivery): boolean {
  return state === "skipped" && attempts === 0 && reason?.code === filterFailed;
}

/** Returns whether the router can still create the live delivery: a replay that sent the event too would send it twice. */
function isRouters(data: DeliveryData, row: MemoryRow, destination: string): boolean {
  const { start = Infinity } = data.destinations.get(destination) ?? {};
  const waits = row.arrival > data.position || data.log.rechecks?.some((each) => each.row === row) === true;
  if (row.arrival <= start || !waits) return false;
  const live = data.of(row.arrival, destination).find(({ replay }) => replay === 0);
  if (live !== undefined) return live.state === "skipped" && live.attempts === 0;
  return data.former.get(row.arrival)?.has(destination) !== true;
}

export function planReplay(data: DeliveryData, step: ReplayStep): boolean {
  const replay = data.replays.get(replayNumber(step.id) ?? 0);
  if (replay?.state !== "running" || replay.position !== step.from) return false;
  for (const { planned } of step.deliveries) data.checkName(planned.destination);
  for (const { eventId, facts, planned } of step.deliveries) {
    const row = data.log.byId.get(eventId)?.[0];
    if (row === undefined || !matches(data, replay.spec.kind, eventId, planned.destination)) continue;
    if (facts !== undefined) data.facts.set(row.arrival, structuredClone(facts));
    if (data.create(row, planned, step.now, replay.number)) replay.matched++;
  }
  replay.position = step.to;
  if (step.done) Object.assign(replay, { state: "done", finishedAt: step.now });
  return true;
}

export function cancelReplay(data: DeliveryData, id: string, now: number): boolean {
  const replay = data.replays.get(replayNumber(id) ?? 0);
  if (replay === undefined) return false;
  const open = data.openOf(replay.number);
  if (replay.state !== "running" && open.length === 0) return false;
  if (replay.state !== "cancelled") Object.assign(replay, { state: "cancelled", finishedAt: now });
  data.deleteWaiting(replay.number, now);
  return true;
}
