import type { Clock } from "../../src/clock.js";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** Lets everything run that waits for no timer. */
export const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

const start = 1_800_000_000_000;

/** A clock that moves only by `advance`. */
export class VirtualClock implements Clock {
  #now = start;
  /** Of the time of day, which someone can set, before the time that has passed. */
  #ahead = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();

  readonly now = (): number => this.#now + this.#ahead;
  readonly elapsed = (): number => this.#now - start;

  readonly after = (ms: number, task: () => void): (() => void) => {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, task };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  get timers(): number {
    return this.#timers.size;
  }

  /** Runs all timers of the next milliseconds in their order. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settled();
      const next = this.#next();
      if (next === undefined || next.at > until) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
    }
    this.#now = Math.max(this.#now, until);
  }

  /** Moves the time without running timers, as synchronous work does. */
  work(ms: number): void {
    this.#now += ms;
  }

  /** Sets the time of day forward, or back for a negative number; timers do not notice it. */
  set(ms: number): void {
    this.#ahead += ms;
  }

  /** Lets a long time pass in steps, as if the machine had slept for most of each: timers run once, and late. */
  async jump(ms: number, stepMs = 3_600_000): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await settled();
      this.#now += Math.min(stepMs, ms - passed);
      await this.advance(2000);
    }
  }

  #next(): Timer | undefined {
    let found: Timer | undefined;
    for (const timer of this.#timers)
      if (found === undefined || timer.at < found.at || (timer.at === found.at && timer.order < found.order))
        found = timer;
    return found;
  }
}
