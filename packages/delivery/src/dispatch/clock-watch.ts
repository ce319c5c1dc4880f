import type { Clock } from "../clock.js";

/** Difference from which the time of day counts as set. Every lease in use has more time than this left. */
const toleranceMs = 5000;

/** Notices that the time of day was set: it then differs from the time that has passed. */
export class ClockWatch {
  readonly #clock: Clock;
  #offset: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = offsetOf(clock);
  }

  /** Returns by how many milliseconds the time of day was set since `accept`; negative: back; 0: it was not. */
  shift(): number {
    const shift = offsetOf(this.#clock) - this.#offset;
    return Math.abs(shift) < toleranceMs ? 0 : shift;
  }

  /** Accepts a shift, and, without one, the small difference that has arisen. */
  accept(shift: number): void {
    this.#offset = shift === 0 && this.shift() === 0 ? offsetOf(this.#clock) : this.#offset + shift;
  }
}

function offsetOf({ now, elapsed }: Clock): number {
  return now() - elapsed();
}
