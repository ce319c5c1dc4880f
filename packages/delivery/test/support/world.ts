import type {
  AppendOutcome,
  DeliveryControl,
  DeliveryState,
  DeliveryStore,
  EventLog,
  NewEvent,
} from "@sessionhook/core";
import { createMemoryDeliveryStore, createMemoryStore } from "@sessionhook/stores/memory";
import { createDelivery, type Delivery, type DeliveryOptions } from "../../src/create-delivery.js";
import { createDeliveryControl } from "../../src/delivery-control.js";
import type { DestinationOptions } from "../../src/destination-options.js";
import { delivered, type Script, ScriptedDestination } from "./scripted-destination.js";
import { VirtualClock } from "./virtual-clock.js";

const minute = 60_000;
const hour = 60 * minute;

export const scheduleMs = [
  5000,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

export const defaults = {
  statuses: ["accepted"],
  skip: [],
  concurrency: 4,
  timeoutMs: 10_000,
  retry: { scheduleMs, maxAgeMs: 7 * 24 * hour },
} as const;

/** A process of the world, with what operates it. */
export type Process = Delivery & DeliveryControl;

/** A store, in memory by default, a virtual clock, and processes that deliver to scripted destinations. */
export class World {
  readonly clock = new VirtualClock();
  readonly eventLog: EventLog;
  readonly store: DeliveryStore;
  readonly destinations = new Map<string, ScriptedDestination>();
  readonly #options: DestinationOptions[] = [];
  readonly #lives = new WeakMap<Process, { ended: boolean }>();
  #appended = 0;
  #processes = 0;

  constructor(
    eventLog: EventLog = createMemoryStore(),
    store: DeliveryStore = createMemoryDeliveryStore(eventLog),
  ) {
    this.eventLog = eventLog;
    this.store = store;
  }

  destination(
    name: string,
    options: Partial<DestinationOptions> = {},
    script: Script = () => delivered,
  ): ScriptedDestination {
    const destination = new ScriptedDestination(this.clock, script);
    this.destinations.set(name, destination);
    this.#options.push({ ...defaults, name, ...options });
    return destination;
  }

  /** Creates a process; with `start` it runs. */
  process(options: Partial<DeliveryOptions> = {}): Process {
    const life = { ended: false };
    const delivery = createDelivery({
      store: mortal(this.store, life),
      eventLog: this.eventLog,
      destinations: this.#options.map((each) => ({
        options: each,
        driver: this.destinations.get(each.name) as ScriptedDestination,
      })),
      sampleEvent: () => {
        throw new Error("not used");
      },
      owner: `process-${++this.#processes}`,
      clock: this.clock,
      random: () => 0.5,
      factsOf: (event) => JSON.parse(new TextDecoder().decode(event.raw)),
      ...options,
    });
    const control = createDeliveryControl({
      store: this.store,
      destinations: [],
      engine: delivery,
      clock: this.clock,
    });
    const process = { ...control, ...delivery };
    this.#lives.set(process, life);
    return process;
  }

  /** Ends a process at once: its calls of the store never return, and nothing it does reaches the store. */
  kill(process: Process): void {
    const life = this.#lives.get(process);
    if (life !== undefined) life.ended = true;
  }

  /** Appends accepted events with these facts; returns their ids. */
  async append(count: number, facts: object = {}, of: Partial<NewEvent> = {}): Promise<string[]> {
    const events = Array.from({ length: count }, () =>
      eventOf(`e${++this.#appended}`, this.clock.now(), facts, of),
    );
    for (let i = 0; i < events.length; i += 500) await this.eventLog.append(events.slice(i, i + 500));
    return events.map(({ id }) => id);
  }

  /** Appends an event that was received before, with other bytes; returns the outcome. */
  async repeat(id: string): Promise<AppendOutcome | undefined> {
    return (await this.eventLog.append([eventOf(id, this.clock.now(), { repeated: true })]))[0];
  }

  /** Plans a delivery to one destination for every event that is not routed. */
  async planned(destination: string): Promise<void> {
    for (;;) {
      const { events, token } = await this.store.unrouted(100);
      if (events.length === 0) return;
      const dueAt = this.clock.now();
      const deliveries = [{ destination, state: "waiting" as const, reason: null, dueAt, heldMs: 0 }];
      const decisions = events.map(({ id }) => ({ eventId: id, facts: undefined, deliveries }));
      await this.store.plan(token, decisions, dueAt);
    }
  }

  async states(destination: string): Promise<Partial<Record<DeliveryState, number>>> {
    const rows = await this.store.counts(this.clock.now());
    const { open, dead, delivered, skipped } = rows.find((row) => row.destination === destination) ?? {};
    const counts = { waiting: open, dead, delivered, skipped };
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => (count ?? 0) > 0));
  }

  async status(name: string) {
    const rows = await this.store.destinations();
    const found = rows.find((row) => row.name === name);
    if (found === undefined) throw new Error(`No destination ${name}`);
    return found.state;
  }
}

function eventOf(id: string, receivedAt: number, facts: object, of: Partial<NewEvent> = {}): NewEvent {
  return {
    id,
    raw: new TextEncoder().encode(JSON.stringify(facts)),
    type: "identity.resolved",
    status: "accepted",
    issues: [],
    total: 0,
    exact: true,
    receivedAt,
    attemptTimestamp: 0,
    signature: "",
    ...of,
  };
}

/** Returns a store that a killed process cannot reach. */
function mortal(store: DeliveryStore, life: { readonly ended: boolean }): DeliveryStore {
  return new Proxy(store, {
    get: (target, key) => {
      const method = Reflect.get(target, key) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        if (life.ended) return new Promise(() => {});
        const result = await method.apply(target, args);
        return life.ended ? new Promise(() => {}) : result;
      };
    },
  });
}
