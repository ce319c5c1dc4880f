import type { EventLog } from "@sessionhook/core";
import {
  type QueuedWriter,
  type ReceivedMessage,
  type WriteResult,
  type MemoryBudget,
} from "@sessionhook/ingest";
import type { Metrics } from "./metrics.js";

/** What the routes of one receiver share. */
export interface Services {
  readonly store: EventLog;
  /** Rejects with a StoreError where the store takes no writes at the moment. */
  readonly checkWritable: () => Promise<void>;
  readonly queue: QueuedWriter<ReceivedMessage, WriteResult>;
  /** Returns the budget that a request reserves its bytes in. */
  readonly budget: () => MemoryBudget;
  /** True: no request waits for a promise of another. */
  readonly requestScopedIo: boolean;
  readonly metrics: Metrics;
  readonly adminToken: string;
  /** True: /metrics needs no token. */
  readonly openMetrics: boolean;
}
