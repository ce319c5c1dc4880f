import type { DeliveryStore, Settlement, SettleResult } from "@sessionhook/core";
import { Backoff } from "../backoff.js";
import type { Clock } from "../clock.js";

const intervalMs = 50;
const maxGroup = 500;

export interface SettleQueueOptions {
  readonly store: Pick<DeliveryStore, "settle">;
  readonly clock: Clock;
  readonly onSettled: (settlements: readonly Settlement[], results: readonly SettleResult[]) => void;
}

/**
 * Settles in groups: the first at once, further ones at most every 50 ms. A group that could not be stored is tried again;
 * its leases remain until then, and if they end, the deliveries are attempted again.
 */
export class SettleQueue {
  readonly #options: SettleQueueOptions;
  #waiting: Settlement[] = [];
  #scheduled = false;
  #busy = false;
  /** Of `clock.elapsed`. */
  #nextAt = -Infinity;
  readonly #backoff = new Backoff("Storing outcomes");
  #idle: (() => void)[] = [];

  constructor(options: SettleQueueOptions) {
    this.#options = options;
  }

  /** Number of settlements that are not stored. */
  get size(): number {
    return this.#waiting.length;
  }

  add(settlement: Settlement): void {
    this.#waiting.push(settlement);
    this.#schedule();
  }

  /** Stores everything without pauses; resolves to true when that is done, or to false after `ms`. */
  async drain(ms: number): Promise<boolean> {
    this.#nextAt = -Infinity;
    if (this.#waiting.length === 0) return true;
    const done = new Promise<void>((resolve) => this.#idle.push(resolve));
    let cancel = () => {};
    const late = new Promise<void>((resolve) => (cancel = this.#options.clock.after(ms, resolve)));
    void this.#flush();
    await Promise.race([done, late]);
    cancel();
    return this.#waiting.length === 0;
  }

  #schedule(): void {
    if (this.#scheduled || this.#busy || this.#waiting.length === 0) return;
    this.#scheduled = true;
    const { clock } = this.#options;
    const wait = this.#nextAt - clock.elapsed();
    const run = () => {
      this.#scheduled = false;
      void this.#flush();
    };
    // In a microtask, so that attempts that end at the same time are in one group.
    if (wait <= 0) queueMicrotask(run);
    else clock.after(wait, run);
  }

  async #flush(): Promise<void> {
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    const { store, clock, onSettled } = this.#options;
    const group = this.#waiting.slice(0, maxGroup);
    try {
      const results = await store.settle(group);
      this.#waiting.splice(0, group.length);
      this.#backoff.succeeded();
      this.#nextAt = clock.elapsed() + (this.#waiting.length >= maxGroup ? 0 : intervalMs);
      onSettled(group, results);
    } catch (error) {
      this.#nextAt = clock.elapsed() + this.#backoff.failed(error);
    }
    this.#busy = false;
    if (this.#waiting.length === 0) for (const resolve of this.#idle.splice(0)) resolve();
    // `drain` is waiting: no pauses between groups.
    else if (this.#idle.length > 0 && !this.#backoff.failing) this.#nextAt = -Infinity;
    this.#schedule();
  }
}
