import type { DeliveryStore, PlannedDelivery, RoutingDecision, StoredEvent } from "@sessionhook/core";
import type { Derived } from "@sessionhook/core/derive";
import type { Clock } from "./clock.js";
import { decide, type Selection, selectionOf } from "./decide.js";
import type { DestinationOptions } from "./destination-options.js";
import { FilterErrors } from "./filter-errors.js";
import { errorCode, log } from "./log.js";
import { heldAt } from "./policy/hold.js";
import { largestBatch, noWork, type RoutedWork } from "./router-pace.js";

/** After this time the decisions so far are stored, so that a slow filter delays only the events behind it. */
const batchMs = 50;
/** After this time the router yields to other work of the thread. */
const sliceMs = 10;
/** Number of batches in a row that other routers stored first, after which this one pauses. */
const maxConflicts = 3;
const nothing = { ...noWork, destinations: new Set<string>() };

export interface RouterHooks {
  /** Called before new events are read: what is stored from then on must wake the router again. */
  readonly onRead?: () => void;
  /** Called after events have been routed. */
  readonly onRouted?: (events: number) => void;
}

export interface RouterOptions {
  readonly store: DeliveryStore;
  readonly destinations: readonly DestinationOptions[];
  /** Derives the facts and records of an event. */
  readonly derive: (event: StoredEvent) => Derived;
  readonly clock: Clock;
  readonly hooks?: RouterHooks | undefined;
}

/** Result of a batch. */
export interface RoutedBatch extends RoutedWork {
  /** Names of the destinations that got deliveries. */
  readonly destinations: ReadonlySet<string>;
  /** True if there may be further events. */
  readonly more: boolean;
}

/** Reads new events and stores which destinations get them. Several routers can run at once: each batch is stored once. */
export class Router {
  readonly #options: RouterOptions;
  readonly #selections: ReadonlyMap<string, Selection>;
  readonly #filterErrors: FilterErrors;
  #registered = false;

  /** @throws FilterError if the filter of a destination is invalid */
  constructor(options: RouterOptions) {
    this.#options = options;
    this.#filterErrors = new FilterErrors(options.clock);
    this.#selections = new Map(options.destinations.map((each) => [each.name, selectionOf(each)]));
  }

  /** Registers the destinations: they get the events that are stored from now on. */
  async register(): Promise<void> {
    const { store, clock } = this.#options;
    await store.register([...this.#selections.keys()], clock.now());
    this.#registered = true;
  }

  /** Routes events until there are none, the budget is used up, or the signal is aborted. */
  async runOnce(budgetMs: number, signal?: AbortSignal): Promise<ReadonlySet<string>> {
    const { clock } = this.#options;
    const until = clock.now() + budgetMs;
    if (!this.#registered) await this.register();
    const destinations = new Set<string>();
    let conflicts = 0;
    const aborted = () => signal?.aborted === true;
    while (clock.now() < until && !aborted() && conflicts < maxConflicts) {
      const batch = await this.routeBatch(largestBatch);
      for (const name of batch.destinations) destinations.add(name);
      if (!batch.more) break;
      conflicts = batch.events === 0 ? conflicts + 1 : 0;
    }
    return destinations;
  }

  /** Routes the next events, at most `limit`; none if another router has stored them first. */
  async routeBatch(limit: number): Promise<RoutedBatch> {
    const { store, clock, hooks } = this.#options;
    if (!this.#registered) await this.register();
    const began = clock.elapsed();
    hooks?.onRead?.();
    const { events: batch, token } = await store.unrouted(limit);
    if (batch.length === 0) return { ...nothing, more: false };
    const decisions = await this.#decideAll(batch, await this.#heldMs());
    const decided = clock.elapsed();
    if (!(await store.plan(token, decisions, clock.now()))) return { ...nothing, more: true };
    const ended = clock.elapsed();
    hooks?.onRouted?.(decisions.length);
    const destinations = decisions.flatMap(({ deliveries }) =>
      deliveries.map(({ destination }) => destination),
    );
    return {
      events: decisions.length,
      destinations: new Set(destinations),
      more: true,
      transactionMs: ended - decided,
      totalMs: ended - began,
    };
  }

  async #heldMs(): Promise<ReadonlyMap<string, number>> {
    const { store, clock } = this.#options;
    const rows = await store.destinations();
    return new Map(rows.map(({ name, state }) => [name, heldAt(state, clock.now())]));
  }

  async #decideAll(
    events: readonly StoredEvent[],
    heldMs: ReadonlyMap<string, number>,
  ): Promise<RoutingDecision[]> {
    const { clock } = this.#options;
    const decisions: RoutingDecision[] = [];
    const until = clock.elapsed() + batchMs;
    let pauseAt = clock.elapsed() + sliceMs;
    for (const event of events) {
      decisions.push(this.#decide(event, heldMs));
      if (clock.elapsed() >= until) break;
      if (clock.elapsed() < pauseAt) continue;
      await new Promise<void>((resolve) => void clock.after(0, resolve));
      pauseAt = clock.elapsed() + sliceMs;
    }
    return decisions;
  }

  #decide(event: StoredEvent, heldMs: ReadonlyMap<string, number>): RoutingDecision {
    const { clock } = this.#options;
    const { facts, records } = this.#derive(event);
    const deliveries: PlannedDelivery[] = [];
    const dueAt = clock.now();
    for (const [destination, selection] of this.#selections) {
      const decision = decide(event, facts, selection);
      const base = { destination, dueAt, heldMs: heldMs.get(destination) ?? 0 };
      if (decision.wants)
        deliveries.push({ ...base, state: "waiting", reason: null, cooldown: decision.cooldown });
      else if (decision.recorded) {
        deliveries.push({ ...base, state: "skipped", reason: decision.reason });
        this.#filterErrors.add(destination);
      }
    }
    return { eventId: event.id, facts, records, deliveries };
  }

  #derive(event: StoredEvent): Derived {
    try {
      return this.#options.derive(event);
    } catch (error) {
      log.error("Facts of event {id} could not be derived: {code}", { id: event.id, code: errorCode(error) });
      return { facts: undefined };
    }
  }
}
