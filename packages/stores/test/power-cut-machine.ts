import { type DeliveryClass, noIssues } from "@sessionhook/core";
import { openSqliteDeliveryStore, openSqliteStore } from "../src/sqlite.js";
import type { SqliteDeliveryStore } from "../src/sqlite/deliveries/store.js";
import type { SqliteEventLog } from "../src/sqlite/store.js";
import { eventWith } from "./event-with.js";
import { commitsOf, type DiskImage, imageOf, roundOf } from "./power-cut.js";

export const destinations = ["crm", "files"];
const classes: readonly DeliveryClass[] = ["new", "retry", "replay"];
const leaseMs = 60_000;

export type Action =
  | { readonly do: "append"; readonly count: number }
  | { readonly do: "route" | "checkpoint" | "recheck" | "requeue" | "pause" | "replay" | "cancel" | "prune" }
  | {
      readonly do: "deliver";
      readonly destination: string;
      readonly limit: number;
      readonly to: "delivered" | "waiting" | "dead" | "none";
    };

/** A process with both stores in one file, what it was promised by them, and what of that a power failure leaves. */
export class PowerCutMachine {
  readonly acknowledged = new Set<string>();
  /** Pairs of event and destination of which it was stored that they were delivered. */
  readonly delivered = new Set<string>();
  readonly cancelled = new Set<string>();
  readonly pruned = new Set<string>();
  paused = false;
  readonly #path: string;
  readonly #events: SqliteEventLog;
  readonly #deliveries: SqliteDeliveryStore;
  #now = 1_771_000_500_000;
  #synced = { round: "", bytes: 0 };

  private constructor(path: string, events: SqliteEventLog, deliveries: SqliteDeliveryStore) {
    this.#path = path;
    this.#events = events;
    this.#deliveries = deliveries;
  }
  static async open(path: string): Promise<PowerCutMachine> {
    const options = { path, autoCheckpoint: false };
    const machine = new PowerCutMachine(
      path,
      await openSqliteStore(options),
      await openSqliteDeliveryStore(options),
    );
    await machine.#deliveries.register(destinations, machine.#now);
    await machine.do({ do: "append", count: 1 });
    return machine;
  }

  async do(action: Action): Promise<void> {
    this.#now += 1000;
    const now = this.#now;
    const deliveries = this.#deliveries;
    switch (action.do) {
      case "append":
        return this.#append(action.count);
      case "route":
        return void (await routeAll(deliveries, now));
      case "deliver":
        return this.#deliver(action);
      case "checkpoint":
        this.#events.checkpoint();
        return this.#isSynced();
      case "recheck": {
        const { events } = await this.#events.list({ limit: 1, status: "quarantined" });
        if (events[0] === undefined) return;
        await this.#events.reclassify(events[0].id, {
          type: "identity.resolved",
          status: "accepted",
          ...noIssues,
        });
        return this.#isSynced();
      }
      case "requeue": {
        const [dead] = (await deliveries.list({ limit: 1, state: "dead" })).deliveries;
        if (dead !== undefined && (await deliveries.requeue(dead.id, now))) this.#isSynced();
        return;
      }
      case "pause": {
        const row = (await deliveries.destinations()).find(({ name }) => name === "crm");
        if (row === undefined) throw new Error("crm is not registered");
        this.paused = !this.paused;
        const state = { ...row.state, status: this.paused ? ("paused" as const) : ("ready" as const) };
        await deliveries.saveDestination("crm", state, row.version);
        return this.#isSynced();
      }
      case "replay": {
        const { id } = await deliveries.createReplay({ destinations, kind: "all", rate: 1 }, now);
        this.#isSynced();
        const planned = {
          destination: "files",
          state: "waiting",
          reason: null,
          dueAt: now,
          heldMs: 0,
        } as const;
        const [eventId = ""] = this.acknowledged;
        await deliveries.planReplay({
          id,
          from: null,
          to: "1",
          done: false,
          deliveries: [{ eventId, facts: undefined, planned }],
          now,
        });
        return;
      }
      case "cancel": {
        const [replay] = (await deliveries.replays({ state: "running", limit: 1 })).replays;
        if (replay === undefined || !(await deliveries.cancelReplay(replay.id, now))) return;
        this.cancelled.add(replay.id);
        return this.#isSynced();
      }
      case "prune": {
        await deliveries.prune({ eventsBefore: now, now, limit: 3 });
        for (const id of this.acknowledged)
          if ((await this.#events.get(id)) === undefined) this.pruned.add(id);
      }
    }
  }

  /** Returns the contents of both files, and the lengths of the log that a power failure can leave. */
  image(): { readonly image: DiskImage; readonly cuts: readonly number[] } {
    const image = imageOf(this.#path);
    const commits = commitsOf(image.log);
    // In a new round everything from before it is in the database, which was synced.
    const from = roundOf(image.log) === this.#synced.round ? this.#synced.bytes : 0;
    return { image, cuts: commits.filter((end) => end >= from) };
  }

  async close(): Promise<void> {
    await this.#deliveries.close();
    await this.#events.close();
  }

  async #append(count: number): Promise<void> {
    const from = this.acknowledged.size;
    const events = Array.from({ length: count }, (_, index) =>
      eventWith(`evt_${from + index}`, index % 3 === 2 ? { status: "quarantined" } : {}),
    );
    await this.#events.append(events);
    this.#isSynced();
    for (const { id } of events) this.acknowledged.add(id);
  }

  async #deliver({ destination, limit, to }: Action & { readonly do: "deliver" }): Promise<void> {
    for (const kind of classes) {
      const query = { destination, class: kind, limit, leaseMs, owner: "one", now: this.#now };
      const claimed = await this.#deliveries.claim(query);
      if (to === "none") continue;
      const results = await this.#deliveries.settle(
        claimed.map(({ id, attempts }) => settlement(id, attempts, to, this.#now)),
      );
      for (const [at, { eventId }] of claimed.entries())
        if (to === "delivered" && results[at] === "settled") this.delivered.add(`${eventId} ${destination}`);
    }
  }

  /** Notes that the log is synced as it is now. */
  #isSynced(): void {
    const { log } = imageOf(this.#path);
    this.#synced = { round: roundOf(log), bytes: commitsOf(log).at(-1) ?? 0 };
  }
}

export async function routeAll(deliveries: SqliteDeliveryStore, now: number): Promise<void> {
  for (;;) {
    const { events, token } = await deliveries.unrouted(100);
    if (events.length === 0) return;
    const planned = destinations.map(
      (destination) => ({ destination, state: "waiting", reason: null, dueAt: now, heldMs: 0 }) as const,
    );
    const decisions = events.map(({ id }) => ({ eventId: id, facts: { eventId: id }, deliveries: planned }));
    if (!(await deliveries.plan(token, decisions, now))) throw new Error("The plan was refused");
  }
}

/** Claims and settles as delivered whatever is open. */
export async function deliverAll(deliveries: SqliteDeliveryStore, now: number): Promise<void> {
  for (const destination of destinations)
    for (const kind of classes)
      for (;;) {
        const query = { destination, class: kind, limit: 100, leaseMs, owner: "next", now };
        const claimed = await deliveries.claim(query);
        if (claimed.length === 0) break;
        await deliveries.settle(
          claimed.map(({ id, attempts }) => ({
            ...settlement(id, attempts, "delivered", now),
            owner: "next",
          })),
        );
      }
}

function settlement(id: string, attempt: number, to: "delivered" | "waiting" | "dead", now: number) {
  return {
    id,
    attempt,
    owner: "one",
    at: now,
    record: null,
    next: to === "waiting" ? { state: to, dueAt: now, used: true } : { state: to },
  } as const;
}
