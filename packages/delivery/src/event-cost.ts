/** A batch of this size shows the cost of an event; of this many, the cheapest one counts: others may have waited for a lock. */
const [telling, remembered] = [8, 8];

/** Learns what an event of a batch costs. */
export class EventCost {
  readonly #costs: number[] = [];

  add(ms: number, events: number): void {
    if (events >= telling) this.#costs.push(ms / events);
    if (this.#costs.length > remembered) this.#costs.shift();
  }

  /** Milliseconds for an event; undefined while it is not known. */
  get ms(): number | undefined {
    return this.#costs.length === 0 ? undefined : Math.min(...this.#costs);
  }

  /** Returns how many events are expected to take a time, between two limits; undefined while the cost is not known. */
  within(ms: number, least: number, most: number): number | undefined {
    return this.ms === undefined ? undefined : Math.max(least, Math.min(most, Math.floor(ms / this.ms)));
  }
}
