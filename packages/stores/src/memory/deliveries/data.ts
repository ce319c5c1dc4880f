import type {
  Attempt,
  Delivery,
  DeliveryClass,
  DeliveryState,
  DestinationState,
  Facts,
  PlannedDelivery,
  Reason,
  Replay,
  ReplaySpec,
} from "@sessionhook/core";
import {
  type CooldownHolder,
  coolDown,
  cooldownReason,
  heldUntil,
  initialState,
  notRegistered,
  wholeMs,
} from "../../deliveries/rules.js";
import { deliveryName, replayName } from "../../deliveries/names.js";
import type { MemoryRow } from "../append-events.js";
import { type MemoryFacts, memoryFactsOf } from "../facts/data.js";
import type { MemoryLog } from "../log.js";

export interface MemoryDelivery {
  readonly number: number;
  readonly row: MemoryRow;
  readonly destination: string;
  /** Number of its replay; 0 for a live delivery. */
  readonly replay: number;
  readonly createdAt: number;
  state: DeliveryState;
  class: DeliveryClass;
  /** Of the event, when the delivery ended. */
  type: string | null;
  attempts: number;
  used: number;
  since: number;
  heldMs: number;
  dueAt: number | null;
  finishedAt: number | null;
  reason: Reason | null;
  heldBy: string | null;
  owner: string | null;
  readonly records: Attempt[];
}

export interface MemoryReplay {
  readonly number: number;
  spec: ReplaySpec;
  readonly createdAt: number;
  /** Arrival number of the last event that it reads. */
  readonly last: number;
  state: Replay["state"];
  finishedAt: number | null;
  position: string | null;
  matched: number;
  readonly ended: { delivered: number; skipped: number; dead: number };
}

export interface MemoryCooldown extends CooldownHolder {
  readonly replay: number;
  readonly until: number;
}

export interface MemoryDestination {
  /** It gets the events that arrived after this one. */
  readonly start: number;
  state: DestinationState;
  version: number;
}

/** Everything that is known about the deliveries of an event log in memory. */
export class DeliveryData {
  readonly log: MemoryLog;
  readonly facts = new Map<number, Facts>();
  readonly records: MemoryFacts;
  readonly destinations = new Map<string, MemoryDestination>();
  readonly replays = new Map<number, MemoryReplay>();
  readonly cooldowns = new Map<string, MemoryCooldown>();
  /** In order of creation. */
  readonly deliveries = new Map<number, MemoryDelivery>();
  readonly open = new Map<string, Set<MemoryDelivery>>();
  readonly byEvent = new Map<number, Set<MemoryDelivery>>();
  /** Destinations of the deliveries of an event that `prune` deleted, so that it is not sent again by mistake. */
  readonly former = new Map<number, Set<string>>();
  /** Arrival number of the last event that was routed. */
  position: number;
  /** Number of the last recheck that was routed. */
  rechecked = 0;
  #deliveries = 0;
  #replays = 0;

  constructor(log: MemoryLog) {
    this.log = log;
    this.position = log.rows.length;
    log.rechecks ??= [];
    this.records = memoryFactsOf(log);
    this.records.routed = () => this.position;
    // The router does not read events from before.
    this.records.incomplete = this.position > this.records.rebuilt;
  }

  register(names: readonly string[], now: number): void {
    const start = this.log.rows.length;
    for (const name of names)
      if (!this.destinations.has(name))
        this.destinations.set(name, { start, state: initialState(now), version: 1 });
  }

  /** @throws RangeError for a destination that is not registered */
  checkName(destination: string): void {
    if (!this.destinations.has(destination)) throw notRegistered();
  }

  /** Creates a delivery unless there is one, or was one that `prune` deleted. */
  create(row: MemoryRow, planned: PlannedDelivery, now: number, replay = 0, rechecked = false): boolean {
    const { destination, dueAt, heldMs } = planned;
    const before = this.of(row.arrival, destination).find((each) => each.replay === replay);
    if (before === undefined && replay === 0 && this.former.get(row.arrival)?.has(destination)) return false;
    const replaced = rechecked && before?.state === "skipped" && before.attempts === 0;
    if (before !== undefined && !replaced) return false;
    const { state, reason, heldBy } = this.#decide(row, planned, replay);
    if (before !== undefined && state === "skipped") return false;
    if (before !== undefined) this.delete(before);
    const delivery: MemoryDelivery = {
      number: ++this.#deliveries,
      row,
      destination,
      replay,
      createdAt: now,
      state: "waiting",
      class: replay === 0 ? "new" : "replay",
      type: null,
      attempts: 0,
      used: 0,
      since: now,
      heldMs: wholeMs(heldMs),
      dueAt: wholeMs(dueAt),
      finishedAt: null,
      reason,
      heldBy,
      owner: null,
      records: [],
    };
    this.deliveries.set(delivery.number, delivery);
    entry(this.byEvent, row.arrival).add(delivery);
    entry(this.open, destination).add(delivery);
    if (state === "skipped") this.finish(delivery, "skipped", reason, now);
    return true;
  }

  #decide(
    row: MemoryRow,
    { destination, state, reason, cooldown }: PlannedDelivery,
    replay: number,
  ): Pick<PlannedDelivery, "state" | "reason"> & { readonly heldBy: string | null } {
    if (state === "skipped" || cooldown === undefined) return { state, reason, heldBy: null };
    const key = JSON.stringify([destination, replay, cooldown.key]);
    const holder = this.cooldowns.get(key);
    const event = { event: row.id, receivedAt: row.receivedAt };
    const decision = coolDown(holder, event, cooldown);
    if (decision === "skip")
      return { state: "skipped", reason: cooldownReason, heldBy: holder?.event ?? null };
    if (decision === "hold")
      this.cooldowns.set(key, { ...event, replay, until: row.receivedAt + cooldown.ms });
    return { state, reason, heldBy: null };
  }

  of(arrival: number, destination: string): MemoryDelivery[] {
    return [...(this.byEvent.get(arrival) ?? [])].filter((each) => each.destination === destination);
  }

  finish(
    delivery: MemoryDelivery,
    state: "delivered" | "skipped" | "dead",
    reason: Reason | null,
    at: number,
  ): void {
    const ended = { dueAt: null, owner: null, finishedAt: at };
    Object.assign(delivery, { state, reason, type: delivery.row.type, ...ended });
    this.open.get(delivery.destination)?.delete(delivery);
    const replay = this.replays.get(delivery.replay);
    if (replay !== undefined) replay.ended[state]++;
  }

  /** Makes it due now, with a full retry schedule. */
  reopen(delivery: MemoryDelivery, now: number): void {
    const { state, replay, attempts, destination } = delivery;
    const ended = this.replays.get(replay)?.ended;
    if (ended !== undefined && isFinished(state)) ended[state]--;
    const known = this.destinations.get(destination);
    Object.assign(delivery, {
      state: "waiting",
      dueAt: now,
      since: now,
      used: 0,
      owner: null,
      finishedAt: null,
      heldBy: null,
      class: replay > 0 && !this.isCancelled(replay) ? "replay" : attempts > 0 ? "retry" : "new",
      heldMs: known === undefined ? 0 : heldUntil(known.state, now),
    });
    entry(this.open, destination).add(delivery);
  }

  delete(delivery: MemoryDelivery): void {
    this.deliveries.delete(delivery.number);
    this.open.get(delivery.destination)?.delete(delivery);
    this.byEvent.get(delivery.row.arrival)?.delete(delivery);
  }

  /** Returns the arrival number of the last event that a replay to these destinations reads, see `replayEnd`. */
  lastEvent(destinations: readonly string[]): number {
    return Math.max(this.position, ...destinations.map((name) => this.destinations.get(name)?.start ?? 0));
  }

  newReplay(spec: ReplaySpec, now: number): MemoryReplay {
    const replay: MemoryReplay = {
      number: ++this.#replays,
      spec: structuredClone(spec),
      createdAt: now,
      last: this.lastEvent(spec.destinations),
      state: "running",
      finishedAt: null,
      position: null,
      matched: 0,
      ended: { delivered: 0, skipped: 0, dead: 0 },
    };
    this.replays.set(replay.number, replay);
    return replay;
  }

  isCancelled(replay: number): boolean {
    return this.replays.get(replay)?.state === "cancelled";
  }

  /** Deletes the deliveries of a replay that no process is sending and that were not requeued. */
  deleteWaiting(replay: number, now: number): void {
    for (const each of this.openOf(replay))
      if (each.class === "replay" && (each.state === "waiting" || (each.dueAt ?? 0) <= now))
        this.delete(each);
  }

  openOf(replay: number): MemoryDelivery[] {
    return [...this.open.values()].flatMap((set) => [...set]).filter((each) => each.replay === replay);
  }
}

export function isFinished(state: DeliveryState): state is "delivered" | "skipped" | "dead" {
  return state !== "waiting" && state !== "delivering";
}

/** Returns a copy for the caller. */
export function deliveryOf(delivery: MemoryDelivery): Delivery {
  const { number, row, destination, replay, state, attempts, createdAt, dueAt, finishedAt } = delivery;
  return {
    id: deliveryName(number),
    eventId: row.id,
    eventType: isFinished(state) ? delivery.type : row.type,
    destination,
    replay: replayName(replay),
    state,
    attempts,
    createdAt,
    dueAt,
    finishedAt,
    reason: delivery.reason,
    heldBy: delivery.heldBy,
  };
}

function entry<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  const there = map.get(key) ?? new Set<V>();
  map.set(key, there);
  return there;
}
