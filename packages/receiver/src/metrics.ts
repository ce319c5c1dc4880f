import type { StoreStats } from "@sessionhook/core";
import type { IntakeMetrics } from "@sessionhook/ingest";

/** Upper bounds of the commit duration histogram, in seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * Counters of one receiver in the Prometheus text format 0.0.4. The usual client library
 * requires Node, but the receiver also runs on Workers, Deno and Lambda.
 */
export class Metrics implements IntakeMetrics {
  readonly #messages = new Map<string, number>();
  readonly #rejections = new Map<string, number>();
  readonly #failedSignIns = new Map<string, number>();
  readonly #bucketCounts = buckets.map(() => 0);
  #commits = 0;
  #commitSeconds = 0;
  #committedEvents = 0;

  acknowledged(status: string): void {
    this.#messages.set(status, (this.#messages.get(status) ?? 0) + 1);
  }

  rejected(code: string): void {
    this.#rejections.set(code, (this.#rejections.get(code) ?? 0) + 1);
  }

  signInFailed(reason: string): void {
    this.#failedSignIns.set(reason, (this.#failedSignIns.get(reason) ?? 0) + 1);
  }

  committed(events: number, ms: number): void {
    const seconds = ms / 1000;
    this.#commits++;
    this.#committedEvents += events;
    this.#commitSeconds += seconds;
    buckets.forEach((bound, i) => {
      if (seconds <= bound) this.#bucketCounts[i] = (this.#bucketCounts[i] ?? 0) + 1;
    });
  }

  /** @param stored null if the store is unavailable */
  render(stored: StoreStats | null, pending: number, memoryBudgetUsed: number, logBytes?: number): string {
    const lines: string[] = [];
    const metric = (
      name: string,
      kind: string,
      help: string,
      rows: readonly (readonly [string, number])[],
    ) => {
      lines.push(`# HELP sessionhook_${name} ${help}`, `# TYPE sessionhook_${name} ${kind}`);
      for (const [labels, value] of rows) lines.push(`sessionhook_${name}${labels} ${value}`);
    };
    const labelled = (label: string, counts: Iterable<[string, number]>) =>
      [...counts].map(([value, count]) => [`{${label}="${value}"}`, count] as const);

    metric(
      "messages_total",
      "counter",
      "Messages acknowledged, by status.",
      labelled("status", this.#messages),
    );
    metric("rejections_total", "counter", "Rejected requests, by code.", labelled("code", this.#rejections));
    metric(
      "failed_sign_ins_total",
      "counter",
      "Requests without a valid admin token, link or form, by reason.",
      labelled("reason", this.#failedSignIns),
    );
    metric("committed_events_total", "counter", "Events made durable.", [["", this.#committedEvents]]);
    metric("pending_events", "gauge", "Events not yet durable.", [["", pending]]);
    metric("memory_budget_used_bytes", "gauge", "Bytes of bodies in memory.", [["", memoryBudgetUsed]]);
    metric("store_up", "gauge", "1 when the store answers.", [["", stored === null ? 0 : 1]]);
    if (stored !== null) {
      const { duplicates, conflicts, ...statuses } = stored;
      const rows = labelled("status", Object.entries({ ...statuses, conflict: conflicts }));
      metric("stored_events", "gauge", "Events in the store, by status.", rows);
      metric("duplicates", "gauge", "Repeated messages the store has counted.", [["", duplicates]]);
    }
    if (logBytes !== undefined)
      metric("store_log_bytes", "gauge", "Bytes of the log beside the database.", [["", logBytes]]);
    const cumulative = buckets.map(
      (bound, i) => [`_bucket{le="${bound}"}`, this.#bucketCounts[i] ?? 0] as const,
    );
    metric("commit_seconds", "histogram", "Duration of one durable batch.", [
      ...cumulative,
      [`_bucket{le="+Inf"}`, this.#commits],
      ["_sum", this.#commitSeconds],
      ["_count", this.#commits],
    ]);
    return `${lines.join("\n")}\n`;
  }
}
