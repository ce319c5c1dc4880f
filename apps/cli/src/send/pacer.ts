import { setTimeout as sleep } from "node:timers/promises";

/** Spaces callers evenly, never faster than the rate. */
export class Pacer {
  readonly #interval: number;
  readonly #clock: () => number;
  #next: number;

  /**
   * @param perSecond maximum turns per second; Infinity for no limit
   * @param clock milliseconds, monotonic
   */
  constructor(perSecond: number, clock: () => number = () => performance.now()) {
    this.#interval = 1000 / perSecond;
    this.#clock = clock;
    this.#next = clock();
  }

  /** Returns the milliseconds until the caller's turn. It compensates for late timers, but only for a few milliseconds. */
  reserve(): number {
    const now = this.#clock();
    const at = Math.max(this.#next, now - 20);
    this.#next = at + this.#interval;
    return Math.max(0, at - now);
  }

  /** Resolves with true at the caller's turn; with false if the signal aborts first. */
  async turn(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#interval === 0) return true;
    return pause(this.reserve(), signal);
  }
}

/** Waits; resolves with false if the signal aborts first. */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms <= 0) return !signal.aborted;
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
