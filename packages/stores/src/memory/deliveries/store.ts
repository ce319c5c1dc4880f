import {
  type Attempt,
  type ClaimedDelivery,
  type ClaimQuery,
  type Delivery,
  type DeliveryFilter,
  type DeliveryPage,
  type DeliveryStore,
  type DestinationCounts,
  type DestinationRow,
  type DestinationState,
  type PruneQuery,
  type PruneResult,
  type Replay,
  type ReplayKind,
  type ReplayPage,
  type ReplayQuery,
  type ReplaySpec,
  type ReplayStep,
  type RoutingDecision,
  type Settlement,
  type SettleResult,
  StoreError,
  type Unrouted,
} from "@sessionhook/core";
import { deliveryNumber, replayNumber } from "../../deliveries/names.js";
import { checkLimit, countUntil, cursorBefore, positionAfter, positionOf } from "../../page.js";
import { claim, dueOf, endLeases, extend, settle } from "./claims.js";
import { type DeliveryData, deliveryOf } from "./data.js";
import { prune } from "./prune.js";
import { cancelReplay, matches, planReplay, replayOf } from "./replays.js";
import { lag, plan, unrouted } from "./routing.js";

export class MemoryDeliveryStore implements DeliveryStore {
  readonly #shared: DeliveryData;
  #closed = false;

  constructor(data: DeliveryData) {
    this.#shared = data;
  }

  get #data(): DeliveryData {
    if (this.#closed) throw new StoreError("store_unavailable", "The store is closed");
    return this.#shared;
  }

  async unrouted(limit: number): Promise<Unrouted> {
    return unrouted(this.#data, limit);
  }

  async plan(token: string, decisions: readonly RoutingDecision[], now: number): Promise<boolean> {
    return plan(this.#data, token, decisions, now);
  }

  /** `plan` leaves nothing. */
  async deriveRouted(): Promise<boolean> {
    return false;
  }

  async lag(): Promise<number> {
    return lag(this.#data);
  }

  async claim(query: ClaimQuery): Promise<readonly ClaimedDelivery[]> {
    return claim(this.#data, query);
  }

  async settle(settlements: readonly Settlement[]): Promise<readonly SettleResult[]> {
    return settle(this.#data, settlements);
  }

  async extend(
    claims: readonly { readonly id: string; readonly attempt: number }[],
    owner: string,
    leaseMs: number,
    now: number,
  ): Promise<readonly SettleResult[]> {
    return extend(this.#data, claims, owner, now + leaseMs);
  }

  async endLeases(owner: string, now: number): Promise<number> {
    return endLeases(this.#data, owner, now);
  }

  async nextDueAt(destinations: readonly string[]): Promise<number | null> {
    const open = destinations.flatMap((name) => [...(this.#data.open.get(name) ?? [])]);
    return open.reduce<number | null>((next, each) => Math.min(next ?? Infinity, dueOf(each)), null);
  }

  async register(names: readonly string[], now: number): Promise<void> {
    this.#data.register(names, now);
  }

  async destinations(): Promise<readonly DestinationRow[]> {
    return [...this.#data.destinations]
      .map(([name, { state, version }]) => ({ name, state, version }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async saveDestination(name: string, state: DestinationState, expectedVersion: number): Promise<boolean> {
    const known = this.#data.destinations.get(name);
    if (known?.version !== expectedVersion) return false;
    Object.assign(known, { state: structuredClone(state), version: expectedVersion + 1 });
    return true;
  }

  async counts(now: number): Promise<readonly DestinationCounts[]> {
    const rows = await this.destinations();
    return rows.map(({ name }) => this.#countsOf(name, now));
  }

  #countsOf(destination: string, now: number): DestinationCounts {
    const all = [...this.#data.deliveries.values()].filter((each) => each.destination === destination);
    const count = (...states: string[]) => all.filter(({ state }) => states.includes(state)).length;
    const due = all.map(dueOf).filter((at) => at <= now);
    return {
      destination,
      open: count("waiting", "delivering"),
      dead: count("dead"),
      delivered: count("delivered"),
      skipped: count("skipped"),
      oldestDueAt: due.length === 0 ? null : due.reduce((one, other) => Math.min(one, other)),
    };
  }

  async list(query: DeliveryFilter & { limit: number; cursor?: string | undefined }): Promise<DeliveryPage> {
    checkLimit(query.limit);
    const before = positionOf("deliveries", query.cursor);
    const found = [...this.#data.deliveries.values()]
      .sort((one, other) => other.number - one.number)
      .filter((each) => each.number < before && fits(deliveryOf(each), query));
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const more = found.length > page.length && last !== undefined;
    return {
      deliveries: page.map(deliveryOf),
      nextCursor: more ? cursorBefore("deliveries", last.number) : null,
    };
  }

  async get(id: string): Promise<Delivery | undefined> {
    const delivery = this.#data.deliveries.get(deliveryNumber(id) ?? 0);
    return delivery === undefined ? undefined : deliveryOf(delivery);
  }

  async attempts(id: string): Promise<readonly Attempt[]> {
    return structuredClone(this.#data.deliveries.get(deliveryNumber(id) ?? 0)?.records ?? []);
  }

  async requeue(id: string, now: number): Promise<boolean> {
    const data = this.#data;
    const delivery = data.deliveries.get(deliveryNumber(id) ?? 0);
    if (delivery === undefined || data.log.rows[delivery.row.arrival - 1] === undefined) return false;
    data.reopen(delivery, now);
    return true;
  }

  async createReplay(spec: ReplaySpec, now: number): Promise<Replay> {
    return replayOf(this.#data, this.#data.newReplay(spec, now));
  }

  async replay(id: string): Promise<Replay | undefined> {
    const replay = this.#data.replays.get(replayNumber(id) ?? 0);
    return replay === undefined ? undefined : replayOf(this.#data, replay);
  }

  async replays({ state, limit, cursor }: ReplayQuery): Promise<ReplayPage> {
    checkLimit(limit);
    const before = positionOf("replays", cursor);
    const found = [...this.#data.replays.values()]
      .filter((each) => each.number < before && (state === undefined || each.state === state))
      .sort((one, other) => other.number - one.number);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const more = found.length > page.length && last !== undefined;
    return {
      replays: page.map((replay) => replayOf(this.#data, replay)),
      nextCursor: more ? cursorBefore("replays", last.number) : null,
    };
  }

  async replayEnd(destinations: readonly string[]): Promise<string> {
    return positionAfter(this.#data.lastEvent(destinations));
  }

  async countUntil(end: string, positions: readonly string[]): Promise<number> {
    return countUntil(end, positions);
  }

  async matches(
    kind: ReplayKind,
    pairs: readonly { readonly eventId: string; readonly destination: string }[],
  ): Promise<readonly boolean[]> {
    return pairs.map(({ eventId, destination }) => matches(this.#data, kind, eventId, destination));
  }

  async planReplay(step: ReplayStep): Promise<boolean> {
    return planReplay(this.#data, step);
  }

  async cancelReplay(id: string, now: number): Promise<boolean> {
    return cancelReplay(this.#data, id, now);
  }

  async prune(query: PruneQuery): Promise<PruneResult> {
    return prune(this.#data, query);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}

function fits(delivery: Delivery, { destination, state, event, replay }: DeliveryFilter): boolean {
  return (
    (destination === undefined || delivery.destination === destination) &&
    (state === undefined || delivery.state === state) &&
    (event === undefined || delivery.eventId === event) &&
    (replay === undefined || delivery.replay === replay)
  );
}
