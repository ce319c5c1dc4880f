import type { Clock } from "./clock.js";
import { log } from "./log.js";

/** Interval of the log lines about one destination. */
const everyMs = 60_000;

/** Logs the filters that fail, at most once a minute for each destination. */
export class FilterErrors {
  readonly #clock: Pick<Clock, "elapsed">;
  /** Events since the last line, and the earliest time of the next. */
  readonly #destinations = new Map<string, { events: number; nextAt: number }>();

  constructor(clock: Pick<Clock, "elapsed">) {
    this.#clock = clock;
  }

  /** Counts an event for which the filter of a destination failed. */
  add(destination: string): void {
    const now = this.#clock.elapsed();
    const { events, nextAt } = this.#destinations.get(destination) ?? { events: 0, nextAt: -Infinity };
    const due = now >= nextAt;
    if (due)
      log.warn("The filter of {destination} failed for {events} events, which it does not get", {
        destination,
        events: events + 1,
      });
    this.#destinations.set(
      destination,
      due ? { events: 0, nextAt: now + everyMs } : { events: events + 1, nextAt },
    );
  }
}
