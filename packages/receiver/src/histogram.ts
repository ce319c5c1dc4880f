import type { Labels } from "./metrics-text.js";

/** Counts durations in buckets. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #count = 0;
  #sum = 0;

  /** @param bounds upper bounds of the buckets, in seconds */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  add(milliseconds: number): void {
    const seconds = milliseconds / 1000;
    this.#count++;
    this.#sum += seconds;
    this.#bounds.forEach((bound, i) => {
      if (seconds <= bound) this.#counts[i] = (this.#counts[i] ?? 0) + 1;
    });
  }

  /** Returns its values with these labels, for `MetricsText.metric`. */
  values(labels: Labels = {}): readonly (readonly [Labels, number, string])[] {
    return [
      ...this.#bounds.map(
        (bound, i) => [{ ...labels, le: String(bound) }, this.#counts[i] ?? 0, "_bucket"] as const,
      ),
      [{ ...labels, le: "+Inf" }, this.#count, "_bucket"],
      [labels, this.#sum, "_sum"],
      [labels, this.#count, "_count"],
    ];
  }
}
