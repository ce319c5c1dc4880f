import { ConfigurationError, type EventStore, type SigningSecrets } from "@sessionhook/core";
import { Hono } from "hono";
import { getPath } from "hono/utils/url";
import { AppendAlone } from "./append-alone.js";
import { type Appender, AppendQueue, type Defer } from "./append-queue.js";
import { describeError } from "./describe-error.js";
import { belowBasePath } from "./http/base-path.js";
import { toResponse } from "./http/http-answer.js";
import { budgetOf } from "./http/memory-budget.js";
import { type WebServer, webHost } from "./http/web-host.js";
import { Intake } from "./intake.js";
import { type Delivery, type Keeper, type Kept, storeKeeper } from "./keeper.js";
import { log } from "./log.js";
import { Metrics } from "./metrics.js";
import { problemCodeOf, problemOf } from "./problem.js";
import { ReceiveError } from "./receive-error.js";
import { apiRoutes } from "./routes/api.js";
import { healthRoutes } from "./routes/health.js";
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
  /**
   * Bytes of all requests in memory together, 16 KiB each and what their bodies take; beyond it 503. Default 256 MiB, or
   * what one body of `maxBodyBytes` takes, if that is more.
   */
  readonly maxHeldBytes?: number | undefined;
  /** Events waiting to be kept; beyond it 503. Default 4096. */
  readonly maxPending?: number | undefined;
  /** Classifies and keeps deliveries; default: here, in `store`. With one of your own, `onInvalid` is its business. */
  readonly keeper?: Keeper | undefined;
  /** Default `quarantine`. */
  readonly onInvalid?: "quarantine" | "reject" | undefined;
  /** The path that everything is below, such as `/hooks`. Paths without it are understood too. Default: the root. */
  readonly basePath?: string | undefined;
  /**
   * True where only this machine can reach the listener: requests to it by a loopback name, through no proxy, then need no
   * token for /metrics. Default false.
   */
  readonly openMetrics?: boolean | undefined;
  /** Unix milliseconds. Default: the system clock. */
  readonly now?: (() => number) | undefined;
  readonly defer?: Defer | undefined;
  /**
   * True on Cloudflare Workers, where work goes on only within the request that began it: every request appends its own event, without group commit; `maxPending` does not
   * apply and `maxHeldBytes` holds for each request. Default false.
   */
  readonly separateRequests?: boolean | undefined;
}

export interface Receiver {
  /** `Request → Response`: messages by the intake, everything else by `app`. */
  readonly fetch: (request: Request, server?: WebServer) => Promise<Response>;
  /** Every route but `/webhooks`. Mount pages on it with `app.route`; paths it does not know get a 404 problem. */
  readonly app: Hono;
  /** `POST /webhooks` for servers that have a faster way to read a request than a web `Request`. */
  readonly intake: Intake;
  /** Waits until everything taken is durable. Stop listening first, close the store after. */
  drain(): Promise<void>;
}

/**
 * Makes a receiver on web standards: `receiver.fetch` is a `Request → Response` function. It answers 2xx only to
 * events that the store has made durable.
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  if (options.adminToken === "") throw new ConfigurationError("invalid_option", "The admin token is empty");
  const metrics = new Metrics();
  const keeper = options.keeper ?? storeKeeper(options.store, options.onInvalid ?? "quarantine");
  const keep = (deliveries: readonly Delivery[]) => keeper.keep(deliveries);
  const separateRequests = options.separateRequests ?? false;
  const queueOptions = {
    maxPending: options.maxPending ?? 4096,
    defer: options.defer,
    concurrency: keeper.concurrency,
    handOverAt: keeper.handOverAt,
    onCommit: (events: number, ms: number) => metrics.committed(events, ms),
  };
  const queue: Appender<Delivery, Kept> = separateRequests
    ? new AppendAlone(keep, queueOptions)
    : new AppendQueue(keep, queueOptions);
  const limits = {
    maxBodyBytes: options.maxBodyBytes ?? 1024 * 1024,
    bodyTimeoutMs: options.bodyTimeoutMs ?? 30_000,
  };
  const budget = budgetOf({ ...limits, maxHeldBytes: options.maxHeldBytes, separateRequests });
  const receiving = {
    secrets: options.secrets,
    toleranceSeconds: options.toleranceSeconds ?? 300,
    now: options.now ?? Date.now,
  };
  const { store, adminToken, openMetrics = false, basePath = "" } = options;
  const intake = new Intake({ queue, receiving, limits, budget, metrics, basePath });
  const checkWritable = async () => {
    if (keeper.checkWritable === undefined) return store.checkWritable();
    await keeper.checkWritable();
    // A keeper writes by a connection of its own; pages and the API read by this one.
    await store.stats();
  };
  const services: Services = {
    store,
    checkWritable,
    queue,
    budget,
    separateRequests,
    metrics,
    adminToken,
    openMetrics,
  };
  const app = new Hono({ getPath: (request) => belowBasePath(getPath(request), basePath) });
  healthRoutes(app, services);
  apiRoutes(app, services);
  app.notFound(() => {
    throw new ReceiveError(
      "not_found",
      `There is nothing at this path; messages go to POST ${basePath}/webhooks`,
    );
  });
  app.onError((error) => {
    if (problemCodeOf(error) === "internal_error") log.error("unexpected error", describeError(error));
    return toResponse(problemOf(error));
  });
  const fetch = webHost(intake, (request) => app.fetch(request));
  return { fetch, app, intake, drain: () => queue.drain() };
}
