import type { EventStore } from "@sessionhook/core";
import type { Appender } from "./append-queue.js";
import type { Metrics } from "./metrics.js";
import type { BodyLimits, HeldBytes } from "./read-body.js";
import type { ReceiveOptions } from "./receive.js";

/** What the routes of one receiver share. */
export interface Services {
  readonly store: EventStore;
  readonly queue: Appender;
  /** Where a request counts the bytes it holds. */
  readonly held: () => HeldBytes;
  /** True: no request waits for a promise of another. */
  readonly separateRequests: boolean;
  readonly metrics: Metrics;
  readonly limits: BodyLimits;
  readonly options: ReceiveOptions;
  readonly adminToken: string;
  /** True: /metrics needs no token. */
  readonly openMetrics: boolean;
}
