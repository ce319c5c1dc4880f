import type { Outcome } from "./send-message.js";

const listed = 1000;
const step = Math.log(1.02);

/** Counts the results of events in constant memory. */
export class Tally {
  readonly statuses = new Map<string, number>();
  /** The first 1000 events, in the order of their responses. */
  readonly events: { readonly id: string; readonly status: string }[] = [];
  sent = 0;
  acknowledged = 0;
  // Response times in buckets 2 % apart, so that a run of any length stores a few hundred numbers.
  readonly #times = new Map<number, number>();
  #timed = 0;
  readonly #clock: () => number;
  readonly #start: number;
  #end: number | undefined;

  /** @param clock milliseconds, monotonic */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#start = clock();
  }

  add(outcome: Outcome): void {
    this.sent++;
    if (outcome.acknowledged) this.acknowledged++;
    this.statuses.set(outcome.status, (this.statuses.get(outcome.status) ?? 0) + 1);
    if (this.events.length < listed) this.events.push({ id: outcome.id, status: outcome.status });
    if (outcome.milliseconds === undefined) return;
    const bucket = Math.round(Math.log(Math.max(outcome.milliseconds, 0.01)) / step);
    this.#times.set(bucket, (this.#times.get(bucket) ?? 0) + 1);
    this.#timed++;
  }

  stop(): void {
    this.#end ??= this.#clock();
  }

  get seconds(): number {
    return ((this.#end ?? this.#clock()) - this.#start) / 1000;
  }

  /** Returns events with a response per second. */
  get rate(): number {
    return this.seconds > 0 ? this.sent / this.seconds : 0;
  }

  /** Returns the response time below which the given share of responses lies, in milliseconds, within 1 %; null before the first. */
  percentile(share: number): number | null {
    let left = Math.ceil(this.#timed * share);
    for (const [bucket, count] of [...this.#times].sort(([a], [b]) => a - b)) {
      if ((left -= count) <= 0) return Number(Math.exp(bucket * step).toPrecision(3));
    }
    return null;
  }
}
