import type { EventStore } from "@sessionhook/core";
import type { AppendQueue } from "./append-queue.js";
import type { Metrics } from "./metrics.js";
import type { BodyLimits, HeldBytes } from "./read-body.js";
import type { ReceiveOptions } from "./receive.js";

/** What the routes of one receiver share. */
export interface Services {
  readonly store: EventStore;
  readonly queue: AppendQueue;
  readonly held: HeldBytes;
  readonly metrics: Metrics;
  readonly limits: BodyLimits;
  readonly options: ReceiveOptions;
  readonly adminToken: string;
  /** True: /metrics needs no token. */
  readonly openMetrics: boolean;
}
