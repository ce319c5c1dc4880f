import type {
  DeliveryItem,
  DeliveryStore,
  EndedAttempt,
  EventLog,
  Facts,
  Outcome,
  StoredEvent,
} from "@sessionhook/core";
import { BackgroundLoop } from "./background-loop.js";
import { type Clock, elapsedAt, systemClock } from "./clock.js";
import { selectionOf } from "./decide.js";
import type { DeliveryEngine } from "./delivery-control.js";
import { Deriver } from "./deriver.js";
import type { ConfiguredDriver } from "./destination-options.js";
import type { DispatchHooks } from "./dispatch/claim-book.js";
import { Dispatcher, type DispatchRun } from "./dispatch/dispatcher.js";
import { graceMs, sendWithin } from "./dispatch/send-within.js";
import { derivedOf, factsOfStored } from "./facts-of-stored.js";
import type { Presence } from "./presence.js";
import { dryRun } from "./replay/dry-run.js";
import { ReplayRunner } from "./replay/replay-runner.js";
import { pruner, type Retention } from "./retention.js";
import { type RoutedBatch, Router, type RouterHooks } from "./router.js";
import { noWork, type PaceOptions, RouterPace } from "./router-pace.js";

/** Interval at which the router looks for new events without a wake. */
const routerPollMs = 1000;
/** Pause after another process has routed the same events first. */
const conflictMs = 3;
/** Stands for a batch that waits until the events before are derived. */
const noBatch: RoutedBatch = { ...noWork, destinations: new Set(), more: true };
const dryRunMs = 10_000;
/** Longest time at the end in which routed events are written into the derived tables. */
const finishMs = 200;

export interface DeliveryOptions {
  readonly store: DeliveryStore;
  readonly eventLog: EventLog;
  readonly destinations: readonly ConfiguredDriver[];
  /** Creates the event that `test` sends. */
  readonly sampleEvent: () => StoredEvent | Promise<StoredEvent>;
  readonly retention?: Retention | undefined;
  /** Names this process; two running processes never share it. Default: random. */
  readonly owner?: string | undefined;
  /** Names this process, and lets it continue at once what an ended process was sending. Otherwise its leases must end first. */
  readonly presence?: Presence | undefined;
  /** Lets the router make way for messages that this process receives. Default: it takes all the time that it needs. */
  readonly pace?: PaceOptions | undefined;
  readonly factsOf?: ((event: StoredEvent) => Facts | undefined) | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  readonly hooks?: (RouterHooks & DispatchHooks) | undefined;
}

/** Routing, delivering, replays and retention of one process. */
export interface Delivery extends DeliveryEngine {
  /** Registers the destinations and starts routing, delivering, replays and retention. */
  start(): Promise<void>;
  /** Lets the router look for new events: call it after every commit. Cheaper than `wake`. */
  wakeRouter(): void;
  /** Routes, delivers and replays what is due, within a budget. For platforms without a long-running process. */
  runOnce(budgetMs: number, signal?: AbortSignal): Promise<DispatchRun>;
  /**
   * Stops: waits up to `ms` for the sends that are under way, aborts the others and gives them back, and closes the
   * drivers. The delivery store and the event log stay open.
   */
  stop(ms: number): Promise<void>;
}

/** Creates router, dispatcher, replay runner and retention over one store. Nothing runs until `start` or `runOnce`. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, eventLog, destinations, sampleEvent, hooks, retention = {} } = options;
  const { clock = systemClock, random = Math.random, factsOf = factsOfStored } = options;
  const owner = options.presence?.owner ?? options.owner ?? crypto.randomUUID();
  const listeners: ((attempts: readonly EndedAttempt[]) => void)[] = [];
  const onAttempt = (attempt: EndedAttempt) => {
    hooks?.onAttempt?.(attempt);
    for (const listener of listeners) listener([attempt]);
  };
  const configured = destinations.map(({ options }) => options);
  const selections = new Map(configured.map((each) => [each.name, selectionOf(each)]));
  const context = { store, eventLog, selections, factsOf };
  const derive =
    options.factsOf === undefined ? derivedOf : (event: StoredEvent) => ({ facts: factsOf(event) });
  const router = new Router({ store, destinations: configured, derive, clock, hooks });
  const dispatcher = new Dispatcher({
    store,
    destinations,
    owner,
    clock,
    random,
    hooks: { ...hooks, onAttempt },
  });
  const replays = new ReplayRunner(context, clock);

  const deriver = new Deriver(store, clock);
  const pace = new RouterPace(options.pace, clock.elapsed);
  /** Of `clock.elapsed`: the time of day can be set back. */
  let nextBatchAt = -Infinity;
  const routing = new BackgroundLoop({
    what: "Routing",
    clock,
    turn: async () => {
      const wait = nextBatchAt - clock.elapsed();
      if (wait > 0) await new Promise<void>((resolve) => void clock.after(wait, resolve));
      const batch = deriver.full ? noBatch : await router.routeBatch(pace.batchSize);
      if (batch.destinations.size > 0) dispatcher.wake(batch.destinations);
      deriver.routed(batch.events);
      const derived = { ms: await deriver.step(pace.quiet), eventMs: deriver.eventMs };
      const conflict = batch !== noBatch && batch.more && batch.events === 0;
      const pause = conflict ? conflictMs : pace.pauseAfter(batch, derived);
      nextBatchAt = clock.elapsed() + pause;
      return clock.elapsed() + (batch.more ? 0 : Math.min(routerPollMs, deriver.wait));
    },
  });
  const replaying = new BackgroundLoop({ what: "Replaying", clock, turn: () => replays.turn() });
  const prune = pruner(store, retention, clock);
  const pruning = new BackgroundLoop({
    what: "Deleting old data",
    clock,
    turn: async () => elapsedAt(clock, await prune()),
  });
  const loops = [routing, replaying, pruning];

  return {
    test: async (name) => {
      const found = destinations.find(({ options }) => options.name === name);
      if (found === undefined) throw new RangeError(`No destination is named ${name}`);
      return sendSample(found, await sampleEvent(), factsOf, clock);
    },
    dryRun: (spec) => dryRun(context, spec, clock, dryRunMs),
    onAttempts: (listener) => void listeners.push(listener),
    wakeRouter: () => routing.wake(),
    wake() {
      routing.wake();
      replaying.wake();
      dispatcher.wake();
    },
    async start() {
      await router.register();
      for (const ended of options.presence?.endedOwners() ?? []) {
        await store.endLeases(ended.owner, clock.now());
        ended.forget();
      }
      for (const loop of loops) loop.start();
      dispatcher.start();
    },
    async runOnce(budgetMs, signal) {
      const until = clock.elapsed() + budgetMs;
      const routed = await router.runOnce(budgetMs / 2, signal);
      if (routed.size > 0) dispatcher.wake(routed);
      await replays.turn();
      const run = await dispatcher.runOnce(Math.max(0, until - clock.elapsed()), signal);
      await deriver.finish(Math.max(0, until - clock.elapsed()));
      return run;
    },
    async stop(ms) {
      await Promise.all([...loops.map((loop) => loop.stop()), dispatcher.stop(ms)]);
      await deriver.finish(finishMs);
      await Promise.allSettled(destinations.map(({ driver }) => driver.close()));
    },
  };
}

async function sendSample(
  { driver, options }: ConfiguredDriver,
  event: StoredEvent,
  factsOf: (event: StoredEvent) => Facts | undefined,
  clock: Clock,
): Promise<Outcome> {
  const item: DeliveryItem = {
    deliveryId: "test",
    attempt: 1,
    replay: null,
    event,
    facts: factsOf(event),
  };
  const { signal } = new AbortController();
  const limits = { clock, timeoutMs: options.timeoutMs, graceMs, signal };
  const { outcomes } = await sendWithin(driver, [item], limits);
  return outcomes[0] as Outcome;
}
