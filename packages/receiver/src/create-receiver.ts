import { ConfigurationError, type EventStore, type SigningSecrets } from "@sessionhook/core";
import { Hono } from "hono";
import { AppendAlone } from "./append-alone.js";
import { type Appender, AppendQueue, type Defer } from "./append-queue.js";
import { describeError, log } from "./log.js";
import { Metrics } from "./metrics.js";
import { problem } from "./problem.js";
import { HeldBytes } from "./read-body.js";
import { apiRoutes, storeProblem } from "./routes/api.js";
import { healthRoutes } from "./routes/health.js";
import { webhookRoutes } from "./routes/webhooks.js";
import type { Services } from "./services.js";

export interface ReceiverOptions {
  readonly store: EventStore;
  readonly secrets: SigningSecrets;
  /** Bearer token of /api and, unless `openMetrics`, of /metrics. */
  readonly adminToken: string;
  /** Seconds, both ways. Default 300. */
  readonly toleranceSeconds?: number | undefined;
  /** Default 1 MiB. Larger bodies get 413. */
  readonly maxBodyBytes?: number | undefined;
  /** How long a body may take to arrive, in milliseconds. Default 30 s. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Bytes of all bodies in memory together; beyond it 503. Default 256 MiB. */
  readonly maxHeldBytes?: number | undefined;
  /** Events waiting to be kept; beyond it 503. Default 4096. */
  readonly maxPending?: number | undefined;
  /** Default `quarantine`. */
  readonly onInvalid?: "quarantine" | "reject" | undefined;
  /** True where only this machine can reach the listener. Default false. */
  readonly openMetrics?: boolean | undefined;
  /** Unix milliseconds. Default: the system clock. */
  readonly now?: (() => number) | undefined;
  readonly defer?: Defer | undefined;
  /**
   * True on Cloudflare Workers, where a request must not wait for what another one began, and may be
   * dropped half way: every request appends its own event, without group commit; `maxPending` does not
   * apply and `maxHeldBytes` holds for each request. Default false.
   */
  readonly separateRequests?: boolean | undefined;
}

export interface Receiver {
  /** The routes of the receiver. Mount pages on it with `app.route`; paths it does not know get a 404 problem. */
  readonly app: Hono;
  /** Waits until everything taken is durable. Stop listening first, close the store after. */
  drain(): Promise<void>;
}

/**
 * The receiver as a Hono app on web standards: `receiver.app.fetch` is a `Request → Response` function.
 * It answers 2xx only to events that the store has made durable.
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  if (options.adminToken === "") throw new ConfigurationError("invalid_option", "The admin token is empty");
  const metrics = new Metrics();
  const separateRequests = options.separateRequests ?? false;
  const queueOptions = {
    maxPending: options.maxPending ?? 4096,
    defer: options.defer,
    onCommit: (events: number, ms: number) => metrics.committed(events, ms),
  };
  const queue: Appender = separateRequests
    ? new AppendAlone(options.store, queueOptions)
    : new AppendQueue(options.store, queueOptions);
  const maxHeldBytes = options.maxHeldBytes ?? 256 * 1024 * 1024;
  const heldByAll = new HeldBytes(maxHeldBytes);
  const services: Services = {
    store: options.store,
    queue,
    metrics,
    held: () => (separateRequests ? new HeldBytes(maxHeldBytes) : heldByAll),
    separateRequests,
    limits: {
      maxBodyBytes: options.maxBodyBytes ?? 1024 * 1024,
      bodyTimeoutMs: options.bodyTimeoutMs ?? 30_000,
      maxHeldBytes,
    },
    options: {
      secrets: options.secrets,
      toleranceSeconds: options.toleranceSeconds ?? 300,
      onInvalid: options.onInvalid ?? "quarantine",
      now: options.now ?? Date.now,
    },
    adminToken: options.adminToken,
    openMetrics: options.openMetrics ?? false,
  };
  const app = new Hono();
  webhookRoutes(app, services);
  healthRoutes(app, services);
  apiRoutes(app, services);
  app.notFound((c) => problem(c, "not_found", "There is nothing at this path"));
  app.onError((error, c) => {
    const known = storeProblem(c, error);
    if (known !== undefined) return known;
    log.error("unexpected error", describeError(error));
    return problem(c, "internal_error", "Something went wrong here; the event, if any, was not acknowledged");
  });
  return { app, drain: () => queue.drain() };
}
