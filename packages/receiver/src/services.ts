import type { DeliveryControl, EventLog, FactStore } from "@sessionhook/core";
import {
  type QueuedWriter,
  type ReceivedMessage,
  type WriteResult,
  type MemoryBudget,
} from "@sessionhook/ingest";
import type { SignInLink } from "./sign-in-link.js";
import type { DeliveryMetrics } from "./delivery-metrics.js";
import type { Metrics } from "./metrics.js";
import type { SignInFailed } from "./sign-in-failures.js";

/** Objects that the routes of one receiver share. */
export interface Services {
  readonly store: EventLog;
  /** Rejects with a StoreError if the store does not accept writes now. */
  readonly checkWritable: () => Promise<void>;
  readonly queue: QueuedWriter<ReceivedMessage, WriteResult>;
  /** Returns the budget in which a request reserves its bytes. */
  readonly budget: () => MemoryBudget;
  /** True if no request may wait for a promise of another. */
  readonly requestScopedIo: boolean;
  readonly metrics: Metrics;
  readonly deliveryMetrics: DeliveryMetrics;
  readonly adminToken: () => string;
  /** True if /metrics requires no token. */
  readonly openMetrics: boolean;
  readonly signInFailed: SignInFailed;
  /** Undefined where nothing is delivered. */
  readonly delivery: DeliveryControl | undefined;
  /** Undefined for a store without derived tables. */
  readonly facts: FactStore | undefined;
  /** Returns the time of the last backup, in Unix milliseconds; null if there is none, undefined if it is unknown. */
  readonly lastBackupAt: (() => Promise<number | null | undefined>) | undefined;
  /** Time limit for receiving a body, in milliseconds. */
  readonly bodyTimeoutMs: number;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly createSignInLink: (() => Promise<SignInLink>) | undefined;
}
