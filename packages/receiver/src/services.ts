import type { EventStore } from "@sessionhook/core";
import type { AppendQueue } from "./append-queue.js";
import type { Delivery, Kept } from "./keeper.js";
import type { Metrics } from "./metrics.js";
import type { HeldBytes } from "./read-body.js";

/** What the routes of one receiver share. */
export interface Services {
  readonly store: EventStore;
  readonly queue: AppendQueue<Delivery, Kept>;
  readonly held: HeldBytes;
  readonly metrics: Metrics;
  readonly adminToken: string;
  /** True: /metrics needs no token. */
  readonly openMetrics: boolean;
}
