import type { Clock } from "../clock.js";

const windowMilliseconds = 60_000;

/** Failed sign-ins allowed within one minute, over all visitors. */
export const maxFailuresPerMinute = 10;

/**
 * Slows guessing down: after ten failures within a minute nobody gets another try until the minute
 * is over. Counts over all visitors, so it needs no address and constant memory.
 */
export class FailureLimit {
  readonly #now: Clock;
  #windowStart = Number.NEGATIVE_INFINITY;
  #failures = 0;

  constructor(now: Clock) {
    this.#now = now;
  }

  /** Seconds until the next try is allowed; 0 when it is allowed now. */
  secondsToWait(): number {
    const left = this.#windowStart + windowMilliseconds - this.#now();
    return this.#failures < maxFailuresPerMinute || left <= 0 ? 0 : Math.ceil(left / 1000);
  }

  /** Counts a failure. A minute begins with its first one. */
  count(): void {
    const now = this.#now();
    if (now - this.#windowStart >= windowMilliseconds) {
      this.#windowStart = now;
      this.#failures = 0;
    }
    this.#failures++;
  }
}
