import type { EventStore } from "@sessionhook/core";
import type { Appender } from "./append-queue.js";
import type { MemoryBudget } from "./http/memory-budget.js";
import type { Delivery, Kept } from "./keeper.js";
import type { Metrics } from "./metrics.js";

/** What the routes of one receiver share. */
export interface Services {
  readonly store: EventStore;
  /** Rejects with a StoreError where the store takes no writes at the moment. */
  readonly checkWritable: () => Promise<void>;
  readonly queue: Appender<Delivery, Kept>;
  /** Returns the budget that a request reserves its bytes in. */
  readonly budget: () => MemoryBudget;
  /** True: no request waits for a promise of another. */
  readonly separateRequests: boolean;
  readonly metrics: Metrics;
  readonly adminToken: string;
  /** True: /metrics needs no token. */
  readonly openMetrics: boolean;
}
