import { destinationOverviews } from "@sessionhook/core/destination-overview";
import { type DeliveryControl, destinationStates, type EndedAttempt } from "@sessionhook/core";
import { Histogram } from "./histogram.js";
import type { Labels, MetricsText } from "./metrics-text.js";

/** Upper bounds of the histogram of attempts, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const outcomes: readonly EndedAttempt["outcome"][] = [
  "delivered",
  "skipped",
  "retry",
  "rejected",
  "blocked",
  "paced",
];

/** The part of the metrics that is read from the store. */
type Snapshot = Awaited<ReturnType<typeof readSnapshot>>;

/**
 * Metrics of deliveries. Counters and durations are those of this process; everything else is read from the store, which
 * all instances share.
 */
export class DeliveryMetrics {
  readonly #control: DeliveryControl | undefined;
  readonly #outcomes = new Map<string, Map<EndedAttempt["outcome"], number>>();
  readonly #durations = new Map<string, Histogram>();

  constructor(control: DeliveryControl | undefined) {
    this.#control = control;
    control?.onAttempts((attempts) => attempts.forEach((attempt) => this.#ended(attempt)));
  }

  #ended({ destination, outcome, durationMs }: EndedAttempt): void {
    const counts = this.#outcomes.get(destination) ?? new Map<EndedAttempt["outcome"], number>();
    this.#outcomes.set(destination, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
    const durations = this.#durations.get(destination) ?? new Histogram(bounds);
    this.#durations.set(destination, durations);
    durations.add(durationMs);
  }

  /** Reads the store; undefined where nothing is delivered. */
  async read(now: number): Promise<Snapshot | undefined> {
    return this.#control === undefined ? undefined : readSnapshot(this.#control, now);
  }

  /** @param stored undefined where nothing is delivered, or the store is unavailable */
  render(text: MetricsText, stored: Snapshot | undefined): void {
    // From zero on, so that the first failure is an increase.
    const configured = this.#control?.destinations().map(({ name }) => name) ?? [];
    const names = [...new Set([...configured, ...this.#outcomes.keys()])];
    text.metric(
      "deliveries_total",
      "counter",
      "Attempts ended by this process, by outcome.",
      names.flatMap((destination) =>
        outcomes.map(
          (outcome) =>
            [{ destination, outcome }, this.#outcomes.get(destination)?.get(outcome) ?? 0] as const,
        ),
      ),
    );
    text.metric(
      "attempt_duration_seconds",
      "histogram",
      "Duration of attempts of this process.",
      names.flatMap((destination) =>
        (this.#durations.get(destination) ?? new Histogram(bounds)).values({ destination }),
      ),
    );
    const gauge = (name: string, help: string, value: (one: Overview) => number) => {
      const values = stored?.overviews.map(
        (one) => [{ destination: one.name } as Labels, value(one)] as const,
      );
      text.metric(name, "gauge", help, values ?? []);
    };
    gauge("deliveries_open", "Deliveries that wait or are being sent.", ({ open }) => open);
    gauge("deliveries_dead", "Dead letters.", ({ dead }) => dead);
    gauge("oldest_due_seconds", "For how long the oldest due delivery has been due.", ({ oldestDueAt }) =>
      oldestDueAt === null ? 0 : Math.max(0, (stored?.now ?? 0) - oldestDueAt) / 1000,
    );
    text.metric(
      "destination_state",
      "gauge",
      "1 for the state of a destination.",
      (stored?.overviews ?? []).flatMap(({ name, state }) =>
        destinationStates.map((one) => [{ destination: name, state: one }, one === state ? 1 : 0] as const),
      ),
    );
    text.metric(
      "router_lag_events",
      "gauge",
      "Events that are not routed yet.",
      stored === undefined ? [] : [[{}, stored.lag]],
    );
  }
}

type Overview = Snapshot["overviews"][number];

async function readSnapshot(control: DeliveryControl, now: number) {
  const [overviews, lag] = await Promise.all([destinationOverviews(control, now), control.store.lag()]);
  return { overviews, lag, now };
}
