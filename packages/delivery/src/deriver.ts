import type { DeliveryStore } from "@sessionhook/core";
import { Backoff } from "./backoff.js";
import type { Clock } from "./clock.js";
import { EventCost } from "./event-cost.js";

/** Routed events wait this long for others, with which they are written into the derived tables. */
const gatherMs = 100;
/** Longest expected time of a step while messages arrive, which wait for it, and while none do. */
const [longestStepMs, longestQuietStepMs] = [10, 50];
const [smallestStep, largestStep] = [10, 400];
const mostWaiting = 500;
/** Interval at which events are looked for that another process has routed and not derived. */
const pollMs = 1000;

/**
 * Has the records of routed events written into the derived tables, many at once. Tables that cannot be written hold up no
 * delivery: it is tried again.
 */
export class Deriver {
  readonly #store: Pick<DeliveryStore, "deriveRouted">;
  readonly #clock: Clock;
  readonly #backoff = new Backoff("Deriving");
  readonly #cost = new EventCost();
  /** Of `clock.elapsed`. */
  #dueAt = 0;
  /** Number of events that this process has routed and not derived. */
  #waiting = 0;
  #quiet = false;
  /** True until everything from before the start is derived. Later, another process that runs derives what it has routed. */
  #starting = true;

  constructor(store: Pick<DeliveryStore, "deriveRouted">, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Milliseconds until the next step. */
  get wait(): number {
    return Math.max(0, this.#dueAt - this.#clock.elapsed());
  }

  /** True while so many events wait that the router should: the store remembers the records of a limited number. */
  get full(): boolean {
    return this.#waiting >= mostWaiting && !this.#backoff.failing;
  }

  /** To be called after events have been routed. */
  routed(events: number): void {
    const { failing } = this.#backoff;
    if (events > 0 && this.#waiting === 0 && !failing)
      this.#dueAt = Math.min(this.#dueAt, this.#clock.elapsed() + gatherMs);
    this.#waiting += events;
    // The store has not remembered more. When the tables can be written again, the router does not wait until all are derived.
    if (failing) this.#waiting = Math.min(this.#waiting, mostWaiting);
    else if (this.#waiting >= this.#stepSize) this.#dueAt = this.#clock.elapsed();
  }

  /** Milliseconds that an event is expected to take; undefined while it is not known. */
  get eventMs(): number | undefined {
    return this.#cost.ms;
  }

  /**
   * Runs a step if one is due; returns its duration in milliseconds. Never throws.
   * @param quiet true while no messages arrive
   */
  async step(quiet: boolean): Promise<number> {
    const began = this.#clock.elapsed();
    this.#quiet = quiet;
    if (began < this.#dueAt) return 0;
    try {
      await this.#derive(began);
      this.#backoff.succeeded();
    } catch (error) {
      this.#dueAt = this.#clock.elapsed() + this.#backoff.failed(error);
    }
    return this.#clock.elapsed() - began;
  }

  async #derive(began: number): Promise<void> {
    const size = this.#stepSize;
    const more = await this.#store.deriveRouted(size);
    const ended = this.#clock.elapsed();
    this.#cost.add(ended - began, more ? size : Math.min(size, this.#waiting));
    const goOn = more && (this.#starting || this.#waiting > 0);
    this.#starting &&= more;
    this.#waiting = goOn ? Math.max(1, this.#waiting - size) : 0;
    this.#dueAt = goOn ? ended : ended + pollMs;
  }

  /** Writes the records of all routed events, within a budget. Never throws: what is left is derived later. */
  async finish(budgetMs: number): Promise<void> {
    const until = this.#clock.elapsed() + budgetMs;
    try {
      while ((await this.#store.deriveRouted(largestStep)) && this.#clock.elapsed() < until);
      this.#backoff.succeeded();
    } catch (error) {
      this.#backoff.failed(error);
    }
    this.#waiting = 0;
  }

  get #stepSize(): number {
    const longest = this.#quiet ? longestQuietStepMs : longestStepMs;
    return this.#cost.within(longest, smallestStep, largestStep) ?? smallestStep;
  }
}
