import { type DerivationStatus, eventStatuses, type StoreStats } from "@sessionhook/core";
import { type ProblemCode, problemStatus } from "@sessionhook/core/problem-codes";
import type { IntakeMetrics } from "@sessionhook/ingest";
import { Histogram } from "./histogram.js";
import type { MetricsText } from "./metrics-text.js";
import { signInFailureReasons, type SignInMetrics } from "./sign-in-failures.js";

/** Upper bounds of the commit duration histogram, in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const messageStatuses = [...eventStatuses, "duplicate"];

/** Codes that only other requests get, and `internal_error`, which is logged and not counted. */
const uncountedCodes = new Set<ProblemCode>([
  "invalid_query",
  "invalid_body",
  "unauthorized",
  "unsupported_media_type",
  "handler_failed",
  "internal_error",
]);
const rejectionCodes = (Object.keys(problemStatus) as ProblemCode[]).filter(
  (code) => !uncountedCodes.has(code),
);

/** Values that `Metrics.render` shows as they are at the moment. */
export interface MetricsNow {
  /** True if the store accepts writes. */
  readonly ready: boolean;
  /** Null if the store is unavailable. */
  readonly stored: StoreStats | null;
  /** Undefined for a store without derived tables, or if it is unavailable. */
  readonly derived: Pick<DerivationStatus, "sessions" | "people" | "companies" | "lag"> | undefined;
  readonly pending: number;
  readonly memoryBudgetUsed: number;
  readonly logBytes: number | undefined;
  /** Unix milliseconds; undefined if there is none, or if it is unknown. */
  readonly lastBackupAt: number | undefined;
}

/**
 * Counters of one receiver for Prometheus. The usual client library requires Node, but the receiver also runs on
 * Workers, Deno and Lambda.
 */
export class Metrics implements IntakeMetrics, SignInMetrics {
  // From zero on, so that the first one after a start is an increase.
  readonly #messages = zeros(messageStatuses);
  readonly #rejections = zeros(rejectionCodes);
  readonly #failedSignIns = zeros(signInFailureReasons);
  readonly #commits = new Histogram(bounds);
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
    this.#committedEvents += events;
    this.#commits.add(ms);
  }

  render(text: MetricsText, now: MetricsNow): void {
    const { ready, stored, derived, pending, memoryBudgetUsed, logBytes, lastBackupAt } = now;
    const labelled = (label: string, counts: Iterable<readonly [string, number]>) =>
      Array.from(counts, ([value, count]) => [{ [label]: value }, count] as const);
    const gauge = (name: string, help: string, value: number) =>
      text.metric(name, "gauge", help, [[{}, value]]);

    text.metric(
      "messages_total",
      "counter",
      "Messages acknowledged, by status.",
      labelled("status", this.#messages),
    );
    text.metric(
      "rejections_total",
      "counter",
      "Rejected requests, by code.",
      labelled("code", this.#rejections),
    );
    text.metric(
      "failed_sign_ins_total",
      "counter",
      "Requests without a valid admin token, link or form, by reason.",
      labelled("reason", this.#failedSignIns),
    );
    text.metric("committed_events_total", "counter", "Events made durable.", [[{}, this.#committedEvents]]);
    gauge("pending_events", "Events not yet durable.", pending);
    gauge("memory_budget_used_bytes", "Bytes of bodies in memory.", memoryBudgetUsed);
    gauge("store_up", "1 when the store answers and accepts writes.", ready && stored !== null ? 1 : 0);
    if (stored !== null) {
      const { duplicates, conflicts, ...statuses } = stored;
      const rows = labelled("status", Object.entries({ ...statuses, conflict: conflicts }));
      text.metric("events", "gauge", "Events in the store, by status.", rows);
      gauge("duplicates", "Repeated messages the store has counted.", duplicates);
    }
    if (derived !== undefined) {
      gauge("sessions", "Derived sessions.", derived.sessions);
      gauge("people", "Identified people.", derived.people);
      gauge("companies", "Companies of sessions.", derived.companies);
      gauge("derivation_lag_events", "Routed events not yet in the derived tables.", derived.lag);
    }
    if (logBytes !== undefined) gauge("store_log_bytes", "Bytes of the log beside the database.", logBytes);
    if (lastBackupAt !== undefined)
      gauge("last_backup_timestamp_seconds", "Unix time of the last backup.", lastBackupAt / 1000);
    text.metric("commit_seconds", "histogram", "Duration of one durable batch.", this.#commits.values());
  }
}

function zeros(values: readonly string[]): Map<string, number> {
  return new Map(values.map((value) => [value, 0]));
}
