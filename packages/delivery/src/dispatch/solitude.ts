import type { Clock } from "../clock.js";

/** Shortest time in which a process sends as usual after it has sent a delivery alone. */
const leastPauseMs = 100;

/**
 * Decides when this process sends one delivery alone: the process ended so often while the delivery was claimed that it can
 * be the cause. Afterwards it sends everything else for as long as that took. All times are of `clock.elapsed`.
 */
export class Solitude {
  readonly #clock: Clock;
  #wanted: string | undefined;
  #began: number | undefined;
  #notBefore = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The destination with a delivery to be sent alone; undefined if there is none. */
  get wanted(): string | undefined {
    return this.#wanted;
  }

  /** Requests that the next delivery of a destination is sent alone; returns the milliseconds for which it has to wait. */
  request(destination: string): number {
    const wait = this.#notBefore - this.#clock.elapsed();
    if (wait > 0) return wait;
    this.#wanted ??= destination;
    return 0;
  }

  /** Records that other deliveries are held up from now on. */
  begin(): void {
    this.#began ??= this.#clock.elapsed();
  }

  /** Records that the delivery was sent, or could not be sent now. */
  end(): void {
    const now = this.#clock.elapsed();
    this.#notBefore = now + Math.max(leastPauseMs, now - (this.#began ?? now));
    this.#began = this.#wanted = undefined;
  }
}
