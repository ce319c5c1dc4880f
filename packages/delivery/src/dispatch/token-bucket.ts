/** Seconds whose tokens can be used at once after a pause. */
const burstSeconds = 0.1;

/** Limits sends to a rate: at most `rate × seconds + max(1, rate / 10)` in any interval. */
export class TokenBucket {
  #rate: number | undefined;
  #tokens: number;
  #filledAt: number;

  /**
   * @param rate tokens per second; undefined: no limit
   * @param now a time of `clock.elapsed`, as in all methods
   */
  constructor(rate: number | undefined, now: number) {
    this.#rate = rate;
    this.#tokens = burstOf(rate);
    this.#filledAt = now;
  }

  /** Changes the rate from now on. */
  setRate(rate: number | undefined, now: number): void {
    this.#fill(now);
    this.#rate = rate;
    this.#tokens = Math.min(this.#tokens, burstOf(rate));
  }

  /** Returns the number of complete tokens; infinite without a limit. */
  available(now: number): number {
    this.#fill(now);
    // Sums of fractions can miss an integer by a rounding error.
    return Math.floor(this.#tokens + 1e-9);
  }

  /** Takes a token; returns false if there is none. */
  take(now: number): boolean {
    if (this.available(now) < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Returns the time of the next token. */
  nextAt(now: number): number {
    if (this.#rate === undefined || this.available(now) >= 1) return now;
    return now + Math.max(1, Math.ceil(((1 - this.#tokens) / this.#rate) * 1000));
  }

  #fill(now: number): void {
    const seconds = Math.max(0, now - this.#filledAt) / 1000;
    this.#filledAt = Math.max(now, this.#filledAt);
    if (this.#rate === undefined) this.#tokens = Infinity;
    else this.#tokens = Math.min(burstOf(this.#rate), this.#tokens + seconds * this.#rate);
  }
}

function burstOf(rate: number | undefined): number {
  return rate === undefined ? Infinity : Math.max(1, rate * burstSeconds);
}
