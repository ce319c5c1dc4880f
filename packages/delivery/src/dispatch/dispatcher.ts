import type {
  ClaimedDelivery,
  DeliveryClass,
  DeliveryStore,
  DestinationState,
  EndedAttempt,
  Outcome,
  Settlement,
  SettleResult,
} from "@sessionhook/core";
import { BackgroundLoop } from "../background-loop.js";
import type { Clock } from "../clock.js";
import type { ConfiguredDriver } from "../destination-options.js";
import { log } from "../log.js";
import { heldAt } from "../policy/hold.js";
import { observe } from "../policy/next-destination.js";
import { DestinationStates } from "./destination-states.js";
import { type Item, Lane, type LaneHost } from "./lane.js";
import { Leases, leaseMs } from "./leases.js";
import { SettleQueue } from "./settle-queue.js";
import { crashesProcesses, givenBack, givenUp, settlementOf } from "./settlements.js";

/** States and due times are read at least this often: other processes change them. */
const pollMs = 1000;
/** Unstored settlements above which nothing is claimed. */
const maxUnsettled = 2000;

export interface DispatchHooks {
  /** Called with every attempt that has ended. */
  readonly onAttempt?: (attempt: EndedAttempt) => void;
  /** Called when a driver did not return in time; its slot is used again. */
  readonly onAbandoned?: (destination: string) => void;
  /** Called when an attempt ended after the delivery belonged to somebody else. */
  readonly onLeaseLost?: (destination: string) => void;
}

export interface DispatcherOptions {
  readonly store: DeliveryStore;
  readonly destinations: readonly ConfiguredDriver[];
  /** Names this process; two running processes never share it. */
  readonly owner: string;
  readonly clock: Clock;
  /** Returns a number from 0 to 1, as `Math.random`. */
  readonly random: () => number;
  readonly hooks?: DispatchHooks | undefined;
}

/** Result of `runOnce`. */
export interface DispatchRun {
  /** Attempts that have ended. */
  readonly attempts: number;
  /** When there is something to do again; null if nothing is open. */
  readonly nextAt: number | null;
}

/** Claims due deliveries and runs destinations. Losing every `wake` only makes it slower. */
export class Dispatcher {
  readonly states: DestinationStates;
  readonly #options: DispatcherOptions;
  readonly #lanes: ReadonlyMap<string, Lane>;
  readonly #leases: Leases;
  readonly #settlements: SettleQueue;
  readonly #loop: BackgroundLoop;
  readonly #settler;
  #polledAt = -Infinity;
  #attempts = 0;

  constructor(options: DispatcherOptions) {
    const { store, owner, clock, random, destinations } = options;
    this.#options = options;
    this.#settler = { owner, now: clock.now, random };
    this.#loop = new BackgroundLoop({
      what: "Delivering",
      clock,
      turn: async () => Math.min(await this.#turn(), clock.now() + pollMs),
      onFailure: () => this.#wakeLanes(),
    });
    this.#leases = new Leases(store, owner);
    this.states = new DestinationStates(store, logStatus);
    this.#settlements = new SettleQueue({
      store,
      clock,
      onSettled: (settlements, results) => this.#settled(settlements, results),
      onFailure: (error) => void this.#loop.backoff.failed(error),
    });
    const host = this.#host();
    this.#lanes = new Map(destinations.map((driver) => [driver.options.name, new Lane(driver, host)]));
  }

  /** Looks for work now. */
  wake(names?: Iterable<string>): void {
    if (names === undefined) this.#polledAt = -Infinity;
    else for (const name of names) this.#lanes.get(name)?.wake("new");
    this.#loop.wake();
  }

  start(): void {
    this.#loop.start();
  }

  /**
   * Ends: gives back what was not sent, waits for sends until the deadline, then aborts them, and stores their outcomes.
   * @param ms milliseconds for all of that
   */
  async stop(ms: number): Promise<void> {
    const { clock } = this.#options;
    const deadline = clock.now() + ms;
    await this.#loop.stop();
    await this.#finish(deadline);
  }

  /** Delivers what is due until nothing is, the budget is used up, or the signal is aborted. For platforms without a loop. */
  async runOnce(budgetMs: number, signal?: AbortSignal): Promise<DispatchRun> {
    const { clock } = this.#options;
    const until = clock.now() + budgetMs;
    const before = this.#attempts;
    const wake = () => this.#loop.wake();
    signal?.addEventListener("abort", wake);
    this.wake();
    const aborted = () => signal?.aborted === true;
    let next = Infinity;
    while (clock.now() < until && !aborted()) {
      next = await this.#turn();
      if (next > clock.now() && [...this.#lanes.values()].every(({ idle }) => idle)) break;
      await this.#loop.sleepUntil(Math.min(next, until));
    }
    signal?.removeEventListener("abort", wake);
    await this.#finish(Math.max(until, clock.now()));
    return { attempts: this.#attempts - before, nextAt: next === Infinity ? null : next };
  }

  /** Does what can be done now; returns when to look again. */
  async #turn(): Promise<number> {
    const { clock } = this.#options;
    const lanes = [...this.#lanes.values()];
    if (clock.now() - this.#polledAt >= pollMs) {
      for (const name of this.states.unsaved()) await this.states.save(name);
      await this.states.load();
      await this.#leases.extend(clock.now());
      this.#wakeLanes();
      this.#polledAt = clock.now();
    }
    if (this.#settlements.size > maxUnsettled) return clock.now() + pollMs;
    const due = lanes.filter(({ checkAt }) => checkAt <= clock.now());
    const results = await Promise.allSettled(due.map((lane) => lane.pump()));
    for (const result of results) if (result.status === "rejected") throw result.reason;
    for (const name of this.states.urgent()) await this.states.save(name);
    return Math.min(...lanes.map(({ checkAt }) => checkAt));
  }

  #wakeLanes(): void {
    for (const lane of this.#lanes.values()) lane.wake("any");
  }

  async #finish(deadline: number): Promise<void> {
    const { clock } = this.#options;
    const lanes = [...this.#lanes.values()];
    for (const lane of lanes) lane.stop(false);
    const running = () => lanes.some((lane) => lane.running > 0);
    // A fifth of the time, at most two seconds, remains for storing.
    const abortAt = deadline - Math.min(2000, (deadline - clock.now()) / 5);
    while (running() && clock.now() < abortAt) await this.#loop.sleepUntil(abortAt);
    for (const lane of lanes) lane.stop(true);
    while (running() && clock.now() < deadline) await this.#loop.sleepUntil(deadline);
    await this.#settlements.drain(Math.max(100, deadline - clock.now()));
    for (const name of this.states.unsaved()) await this.states.save(name).catch(() => false);
  }

  #host(): LaneHost {
    const { store, clock, hooks } = this.#options;
    return {
      clock,
      state: (name) => this.states.get(name),
      update: (name, change) => this.states.update(name, change),
      claim: (name, kind, limit) => this.#claim(name, kind, limit),
      nextDueAt: (name) => store.nextDueAt([name]),
      hold: (claim, onLost) =>
        this.#leases.hold(claim, clock.now(), () => {
          hooks?.onLeaseLost?.(claim.destination);
          onLost();
        }),
      ended: (lane, item, outcome, startedAt, ms) => this.#ended(lane, item, outcome, startedAt, ms),
      giveBack: (claim) => this.#settlements.add(givenBack(claim, this.#settler)),
      abandoned: (name) => hooks?.onAbandoned?.(name),
      poke: () => this.#loop.wake(),
    };
  }

  async #claim(name: string, kind: DeliveryClass, limit: number): Promise<readonly ClaimedDelivery[]> {
    const { store, owner, clock } = this.#options;
    const now = clock.now();
    const claims = await store.claim({ destination: name, class: kind, limit, leaseMs, owner, now });
    const { retry } = (this.#lanes.get(name) as Lane).driver.options;
    const dead = new Set(claims.filter((claim) => crashesProcesses(claim, retry)));
    for (const claim of dead) this.#settlements.add(givenUp(claim, this.#settler));
    return dead.size === 0 ? claims : claims.filter((claim) => !dead.has(claim));
  }

  #ended(
    lane: Lane,
    { claim, probe, lost }: Item,
    outcome: Outcome,
    startedAt: number,
    durationMs: number,
  ): number | undefined {
    const { clock, hooks } = this.#options;
    const { concurrency, retry } = lane.driver.options;
    const now = clock.now();
    this.#attempts++;
    this.states.apply(lane.name, (state) => observe(state, { outcome, probe, concurrency }, now));
    hooks?.onAttempt?.({ destination: lane.name, outcome: outcome.outcome, durationMs });
    if (lost) return undefined;
    const state = this.states.get(lane.name) as DestinationState;
    const ended = { claim, outcome, probe, startedAt, durationMs, heldMs: heldAt(state, now) };
    const settlement = settlementOf(ended, retry, this.#settler);
    this.#settlements.add(settlement);
    return settlement.next.state === "waiting" ? settlement.next.dueAt : undefined;
  }

  #settled(settlements: readonly Settlement[], results: readonly SettleResult[]): void {
    settlements.forEach(({ id, attempt }, i) => {
      this.#leases.release(id, attempt);
      if (results[i] === "lease_lost") this.#options.hooks?.onLeaseLost?.("");
    });
    this.#loop.wake();
  }
}

function logStatus(name: string, from: DestinationState, to: DestinationState): void {
  const fields = { destination: name, status: to.status, reason: to.reason?.code };
  if (to.status === "blocked")
    log.error("Destination {destination} is blocked: {reason}. Its deliveries are held.", fields);
  else if (to.status === "cooling")
    log.warning("Destination {destination} fails: {reason}. It gets one attempt at a time.", fields);
  else if (from.status !== "paused") log.info("Destination {destination} is {status} again", fields);
}
