import type { Clock } from "../clock.js";

const windowMilliseconds = 60_000;

/** Number of wrong tokens per minute, from all visitors, before the answer is 429. */
export const maxFailuresPerMinute = 10;

/**
 * Counts wrong tokens of all visitors together, so that it needs no addresses and constant memory. The right token is never
 * counted or rejected; otherwise any visitor could lock the owner out.
 */
export class FailureLimit {
  readonly #now: Clock;
  #windowStart = Number.NEGATIVE_INFINITY;
  #failures = 0;

  constructor(now: Clock) {
    this.#now = now;
  }

  /**
   * Counts a wrong token and returns the seconds to wait before the next attempt: 0 up to the limit. A minute begins with its
   * first failure.
   */
  count(): number {
    const now = this.#now();
    if (now - this.#windowStart >= windowMilliseconds) {
      this.#windowStart = now;
      this.#failures = 0;
    }
    this.#failures++;
    return this.#failures <= maxFailuresPerMinute
      ? 0
      : Math.ceil((this.#windowStart + windowMilliseconds - now) / 1000);
  }
}
