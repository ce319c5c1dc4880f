import type { DeliveryStore, Settlement, SettleResult } from "@sessionhook/core";
import type { Clock } from "../clock.js";

const intervalMs = 50;
const maxGroup = 500;
const firstBackoffMs = 100;
const longestBackoffMs = 5000;

export interface SettleQueueOptions {
  readonly store: Pick<DeliveryStore, "settle">;
  readonly clock: Clock;
  readonly onSettled: (settlements: readonly Settlement[], results: readonly SettleResult[]) => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Settles in groups: the first at once, further ones at most every 50 ms. A group that could not be stored is stored later:
 * until then its leases remain, and if they end, the deliveries are attempted again.
 */
export class SettleQueue {
  readonly #options: SettleQueueOptions;
  #waiting: Settlement[] = [];
  #scheduled = false;
  #busy = false;
  #nextAt = -Infinity;
  #backoffMs = 0;
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

  /** Resolves once everything is stored, or the time is over. */
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
    const wait = this.#nextAt - clock.now();
    const run = () => {
      this.#scheduled = false;
      void this.#flush();
    };
    // Behind the other attempts that end in this moment.
    if (wait <= 0) queueMicrotask(run);
    else clock.after(wait, run);
  }

  async #flush(): Promise<void> {
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    const { store, clock, onSettled, onFailure } = this.#options;
    const group = this.#waiting.slice(0, maxGroup);
    try {
      const results = await store.settle(group);
      this.#waiting.splice(0, group.length);
      this.#backoffMs = 0;
      this.#nextAt = clock.now() + (this.#waiting.length >= maxGroup ? 0 : intervalMs);
      onSettled(group, results);
    } catch (error) {
      this.#backoffMs = Math.min(longestBackoffMs, Math.max(firstBackoffMs, this.#backoffMs * 2));
      this.#nextAt = clock.now() + this.#backoffMs;
      onFailure(error);
    }
    this.#busy = false;
    if (this.#waiting.length === 0) for (const resolve of this.#idle.splice(0)) resolve();
    // Somebody waits for the end: without pauses between groups.
    else if (this.#idle.length > 0 && this.#backoffMs === 0) this.#nextAt = -Infinity;
    this.#schedule();
  }
}
