import { setTimeout as sleep } from "node:timers/promises";

/** Lets callers pass one by one, evenly spaced, never faster than the rate. */
export class Pacer {
  readonly #interval: number;
  readonly #clock: () => number;
  #next: number;

  /**
   * @param perSecond at most so many turns a second; Infinity for no limit
   * @param clock milliseconds, monotonic
   */
  constructor(perSecond: number, clock: () => number = () => performance.now()) {
    this.#interval = 1000 / perSecond;
    this.#clock = clock;
    this.#next = clock();
  }

  /** Milliseconds until the caller's turn. Timers are late by some ms: so much, and no more, is made up for. */
  reserve(): number {
    const now = this.#clock();
    const at = Math.max(this.#next, now - 20);
    this.#next = at + this.#interval;
    return Math.max(0, at - now);
  }

  /** Resolves when it is the caller's turn; false where the signal aborted first. */
  async turn(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#interval === 0) return true;
    return pause(this.reserve(), signal);
  }
}

/** Waits; false where the signal aborted first. */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms <= 0) return !signal.aborted;
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
