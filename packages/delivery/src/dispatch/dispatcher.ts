import type { DeliveryStore, DestinationState } from "@sessionhook/core";
import { BackgroundLoop } from "../background-loop.js";
import type { Clock } from "../clock.js";
import type { ConfiguredDriver } from "../destination-options.js";
import { log } from "../log.js";
import { movePauses } from "../policy/hold.js";
import { ClaimBook, type DispatchHooks } from "./claim-book.js";
import { ClockWatch } from "./clock-watch.js";
import { DestinationStates } from "./destination-states.js";
import { gateOf } from "./gate.js";
import { Lane } from "./lane.js";
import { Solitude } from "./solitude.js";

/** Interval at which states and due times are read, because other processes change them. */
const pollMs = 1000;
/** Number of unstored settlements above which nothing is claimed. */
const maxUnsettled = 2000;
/** After the time of day was set forward nothing is claimed for so long, in which other processes extend their leases. */
const settleClockMs = 1200;

export interface DispatcherOptions {
  readonly store: DeliveryStore;
  readonly destinations: readonly ConfiguredDriver[];
  /** Names this process; two running processes never share it. */
  readonly owner: string;
  readonly clock: Clock;
  /** Returns a number from 0 to 1, as `Math.random`. */
  readonly random: () => number;
  readonly hooks: DispatchHooks;
}

/** Result of `runOnce`. */
export interface DispatchRun {
  /** Number of attempts that have ended. */
  readonly attempts: number;
  /** Time of the next due delivery; null if none is open. */
  readonly nextAt: number | null;
}

/** Claims due deliveries and sends them. A missed `wake` only delays a delivery: the store is polled too. */
export class Dispatcher {
  readonly states: DestinationStates;
  readonly #store: DeliveryStore;
  readonly #clock: Clock;
  readonly #lanes: ReadonlyMap<string, Lane>;
  readonly #book: ClaimBook;
  readonly #loop: BackgroundLoop;
  readonly #watch: ClockWatch;
  readonly #solitude: Solitude;
  /** The lane that sends a delivery alone. */
  #alone: Lane | undefined;
  /** Of `clock.elapsed`, as all times here except those of states and deliveries. */
  #polledAt = -Infinity;
  #claimFrom = -Infinity;

  constructor(options: DispatcherOptions) {
    const { store, clock, destinations } = options;
    this.#store = store;
    this.#clock = clock;
    this.#watch = new ClockWatch(clock);
    this.#solitude = new Solitude(clock);
    this.#loop = new BackgroundLoop({
      what: "Delivering",
      clock,
      turn: async () => Math.min(await this.#turn(), clock.elapsed() + pollMs),
      onFailure: () => this.#wakeLanes(),
    });
    const poke = () => this.#loop.wake();
    this.states = new DestinationStates(store, logStatus);
    const { states } = this;
    const { solitude, watch } = { solitude: this.#solitude, watch: this.#watch };
    this.#book = new ClaimBook({ ...options, states, watch, solitude, onSettled: poke });
    const host = { store, clock, states, book: this.#book, poke };
    this.#lanes = new Map(destinations.map((each) => [each.options.name, new Lane(each, host)]));
  }

  /** Looks for due deliveries now: for new ones of the named destinations, or for all. */
  wake(names?: Iterable<string>): void {
    if (names === undefined) this.#polledAt = -Infinity;
    else for (const name of names) this.#lanes.get(name)?.wake("new");
    this.#loop.wake();
  }

  start(): void {
    this.#loop.start();
  }

  /**
   * Stops: gives back the deliveries that were not sent, waits for the sends that are under way, aborts those that take
   * too long, and stores the outcomes.
   * @param ms total time in milliseconds
   */
  async stop(ms: number): Promise<void> {
    const deadline = this.#clock.elapsed() + ms;
    await this.#loop.stop();
    await this.#finish(deadline);
  }

  /** Sends until no delivery is due, the budget is used up, or the signal is aborted. For platforms without a loop. */
  async runOnce(budgetMs: number, signal?: AbortSignal): Promise<DispatchRun> {
    const { now, elapsed } = this.#clock;
    const until = elapsed() + budgetMs;
    const before = this.#book.attempts;
    const poke = () => this.#loop.wake();
    signal?.addEventListener("abort", poke);
    this.wake();
    const aborted = () => signal?.aborted === true;
    while (elapsed() < until && !aborted()) {
      const next = await this.#turn();
      const idle = [...this.#lanes.values()].every((lane) => lane.idle);
      const busy = next <= elapsed() || elapsed() < this.#claimFrom || !idle;
      if (busy) await this.#loop.sleepUntil(Math.min(next, until));
      else if (((await this.#nextAt()) ?? Infinity) > now()) break;
      else this.#wakeLanes();
    }
    signal?.removeEventListener("abort", poke);
    await this.#finish(Math.max(until, elapsed()));
    return { attempts: this.#book.attempts - before, nextAt: await this.#nextAt() };
  }

  /** Sends and claims what is due; returns the time of the next turn. */
  async #turn(): Promise<number> {
    const { elapsed } = this.#clock;
    const shift = this.#watch.shift();
    if (shift !== 0) await this.#clockSet(shift);
    if (elapsed() - this.#polledAt >= pollMs) await this.#poll();
    if (elapsed() < this.#claimFrom) return this.#claimFrom;
    if (this.#book.settlements.size > maxUnsettled) return elapsed() + pollMs;
    const lanes = [...this.#lanes.values()];
    if (this.#solitude.wanted !== undefined && !(await this.#sendAlone(lanes))) return elapsed() + pollMs;
    const due = lanes.filter(({ checkAt }) => checkAt <= elapsed());
    const results = await Promise.allSettled(due.map((lane) => lane.pump()));
    for (const result of results) if (result.status === "rejected") throw result.reason;
    for (const name of this.states.urgent()) await this.states.save(name);
    if (this.#solitude.wanted !== undefined) return elapsed();
    return Math.min(...lanes.map(({ checkAt }) => checkAt));
  }

  /** Sends one delivery while nothing else is claimed or sent. Returns true when that has ended, or cannot be done now. */
  async #sendAlone(lanes: readonly Lane[]): Promise<boolean> {
    const { wanted } = this.#solitude;
    this.#solitude.begin();
    for (const lane of lanes) lane.giveBack();
    if (lanes.some((lane) => lane.running > 0) || this.#book.settlements.size > 0) return false;
    const lane = this.#alone === undefined && wanted !== undefined ? this.#lanes.get(wanted) : undefined;
    this.#alone = lane;
    if (lane !== undefined && (await lane.sendAlone())) return false;
    this.#alone = undefined;
    this.#solitude.end();
    this.#wakeLanes();
    return true;
  }

  /** Exchanges states with other processes, and extends leases. */
  async #poll(): Promise<void> {
    const at = this.#clock.elapsed();
    this.#watch.accept(0);
    for (const name of this.states.unsaved()) await this.states.save(name);
    await this.states.load();
    await this.#book.leases.extend("old");
    this.#wakeLanes();
    this.#polledAt = at;
  }

  /** Adapts the stored times to a time of day that was set by some milliseconds: leases, and pauses that would be longer. */
  async #clockSet(ms: number): Promise<void> {
    const at = this.#clock.elapsed();
    await this.#book.leases.extend("all");
    for (const name of ms < 0 ? this.#lanes.keys() : []) {
      const known = this.states.get(name);
      if (known !== undefined) await this.states.update(name, (state) => movePauses(state, known, ms));
    }
    for (const lane of this.#lanes.values()) lane.wake("new");
    this.#watch.accept(ms);
    this.#polledAt = -Infinity;
    if (ms > 0) this.#claimFrom = at + settleClockMs;
  }

  #wakeLanes(): void {
    for (const lane of this.#lanes.values()) lane.wake("any");
  }

  /** Returns the time from which a delivery is due to a destination that may be sent to; null if there is none. */
  async #nextAt(): Promise<number | null> {
    let next = Infinity;
    for (const name of this.#lanes.keys()) {
      const state = this.states.get(name);
      const due = (await this.#store.nextDueAt([name])) ?? Infinity;
      const gate = state === undefined ? undefined : gateOf(state, this.#clock.now());
      next = Math.min(next, gate?.send === "nothing" ? Math.max(due, gate.until) : due);
    }
    return next === Infinity ? null : next;
  }

  async #finish(deadline: number): Promise<void> {
    const { elapsed } = this.#clock;
    const lanes = [...this.#lanes.values()];
    for (const lane of lanes) lane.giveBack();
    const running = () => lanes.some((lane) => lane.running > 0);
    // A fifth of the time, at most two seconds, remains for storing.
    const abortAt = deadline - Math.min(2000, (deadline - elapsed()) / 5);
    while (running() && elapsed() < abortAt) await this.#loop.sleepUntil(abortAt);
    for (const lane of lanes) lane.abort();
    while (running() && elapsed() < deadline) await this.#loop.sleepUntil(deadline);
    await this.#book.settlements.drain(Math.max(100, deadline - elapsed()));
    for (const name of this.states.unsaved()) await this.states.save(name).catch(() => false);
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
