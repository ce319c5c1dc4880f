import {
  defaultBodyTimeoutMs,
  defaultMaxBodyBytes,
  defaultMaxPending,
  defaultToleranceSeconds,
} from "@sessionhook/core/limits";
import {
  ConfigurationError,
  type DeliveryControl,
  type EventLog,
  type FactStore,
  type SigningSecrets,
} from "@sessionhook/core";
import { Hono } from "hono";
import { getPath } from "hono/utils/url";
import {
  UnbatchedWriter,
  type QueuedWriter,
  WriteQueue,
  belowBasePath,
  budgetOf,
  currentSecrets,
  type Defer,
  type ReceivedMessage,
  describeError,
  Intake,
  loadOnce,
  type EventWriter,
  type WriteResult,
  log,
  problemCodeOf,
  problemOf,
  ReceiveError,
  storeWriter,
  toResponse,
  webHost,
  type WebServer,
} from "@sessionhook/ingest";
import { DeliveryMetrics } from "./delivery-metrics.js";
import { Metrics } from "./metrics.js";
import { healthRoutes } from "./routes/health.js";
import type { Services } from "./services.js";
import type { SignInLink } from "./sign-in-link.js";
import { type SignInFailed, signInFailures } from "./sign-in-failures.js";

export interface ReceiverOptions {
  readonly store: EventLog;
  /** A function is called for each message, so that secrets can be exchanged at run time. It must not be async. */
  readonly secrets: SigningSecrets | (() => SigningSecrets);
  /** Bearer token of /api and, unless `openMetrics`, of /metrics. A function is called for each request. */
  readonly adminToken: string | (() => string);
  /** Tolerance of the attempt timestamp in seconds, in both directions. Default 300. */
  readonly toleranceSeconds?: number | undefined;
  /** Default 1 MiB. Larger bodies get 413. */
  readonly maxBodyBytes?: number | undefined;
  /** Time limit for receiving a body, in milliseconds. Default 30 s. */
  readonly bodyTimeoutMs?: number | undefined;
  /**
   * Memory budget for all requests together, in bytes: 16 KiB each plus their bodies; beyond it 503. Default 256 MiB, or
   * the memory for one body of `maxBodyBytes` if that is more.
   */
  readonly memoryBudgetBytes?: number | undefined;
  /** Maximum number of events waiting to be stored; beyond it 503. Default 4096. */
  readonly maxPending?: number | undefined;
  /** Classifies and stores messages; default: in this thread, in `store`. A custom writer must apply `onInvalid` itself. */
  readonly writer?: EventWriter | undefined;
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
  /** Called after events were stored. Must return at once. */
  readonly onCommit?: ((events: number) => void) | undefined;
  /** Operates the deliveries; without it the routes of destinations, deliveries and replays answer 404. */
  readonly delivery?: DeliveryControl | undefined;
  /** Sessions, people and companies; without it their routes answer 404. */
  readonly facts?: FactStore | undefined;
  /**
   * Returns the time of the last backup for /metrics, in Unix milliseconds; null if there is none, undefined if it is unknown.
   */
  readonly lastBackupAt?: (() => Promise<number | null | undefined>) | undefined;
  /** Creates a link for `POST /api/sign-in-links`; without it there is no such route. */
  readonly createSignInLink?: (() => Promise<SignInLink>) | undefined;
  /** Loads the pages, which answer every path that no route has. Called once, by the first such request. */
  readonly loadPages?: (() => Promise<Hono>) | undefined;
  /**
   * True on Cloudflare Workers, where work continues only within the request that started it: every request appends its
   * own event, without group commit; `maxPending` does not apply, and `memoryBudgetBytes` applies to each request.
   * Default false.
   */
  readonly requestScopedIo?: boolean | undefined;
}

export interface Receiver {
  /** `Request → Response`: messages by the intake, everything else by `app`. */
  readonly fetch: (request: Request, server?: WebServer) => Promise<Response>;
  /** Every route but `/webhooks`; paths it does not know get a 404 problem. */
  readonly app: Hono;
  /** `POST /webhooks` for servers that can read a request faster than through a web `Request`. */
  readonly intake: Intake;
  /** Logs and counts a failure to sign in to the pages. */
  readonly signInFailed: SignInFailed;
  /** Loads the code of API and pages, which otherwise the first request to them does; returns the two, with their routes. */
  preload(): Promise<readonly Hono[]>;
  /** Waits until every received message is durable. Stop listening first, close the store afterwards. */
  drain(): Promise<void>;
}

/**
 * Creates a receiver on web standards: `receiver.fetch` is a `Request → Response` function. It responds with 2xx only
 * after the store has made the event durable.
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const token = options.adminToken;
  const adminToken = typeof token === "function" ? token : () => token;
  if (adminToken() === "") throw new ConfigurationError("invalid_option", "The admin token is empty");
  const metrics = new Metrics();
  const writer = options.writer ?? storeWriter(options.store, options.onInvalid ?? "quarantine");
  const write = (messages: readonly ReceivedMessage[]) => writer.write(messages);
  const requestScopedIo = options.requestScopedIo ?? false;
  const queueOptions = {
    maxPending: options.maxPending ?? defaultMaxPending,
    defer: options.defer,
    concurrency: writer.concurrency,
    handOverAt: writer.handOverAt,
    onCommit: (events: number, ms: number) => {
      metrics.committed(events, ms);
      options.onCommit?.(events);
    },
  };
  const queue: QueuedWriter<ReceivedMessage, WriteResult> = requestScopedIo
    ? new UnbatchedWriter(write, queueOptions)
    : new WriteQueue(write, queueOptions);
  const limits = {
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    bodyTimeoutMs: options.bodyTimeoutMs ?? defaultBodyTimeoutMs,
  };
  const budget = budgetOf({ ...limits, memoryBudgetBytes: options.memoryBudgetBytes, requestScopedIo });
  const secrets = currentSecrets(options.secrets);
  const receiving = {
    get secrets() {
      return secrets();
    },
    toleranceSeconds: options.toleranceSeconds ?? defaultToleranceSeconds,
    now: options.now ?? Date.now,
  };
  const { store, openMetrics = false, basePath = "" } = options;
  const intake = new Intake({ queue, receiving, limits, budget, metrics, basePath });
  const checkWritable = async () => {
    if (writer.checkWritable === undefined) return store.checkWritable();
    await writer.checkWritable();
    // A writer has its own connection; pages and the API read through this one.
    await store.stats();
  };
  const services: Services = {
    store,
    checkWritable,
    queue,
    budget,
    requestScopedIo,
    metrics,
    deliveryMetrics: new DeliveryMetrics(options.delivery),
    adminToken,
    openMetrics,
    signInFailed: signInFailures(metrics, receiving.now),
    delivery: options.delivery,
    facts: options.facts,
    lastBackupAt: options.lastBackupAt,
    bodyTimeoutMs: limits.bodyTimeoutMs,
    now: receiving.now,
    createSignInLink: options.createSignInLink,
  };
  const nothing = `There is nothing at this path; messages go to POST ${basePath}/webhooks`;
  const create = () => {
    const hono = new Hono({ getPath: (request) => belowBasePath(getPath(request), basePath) });
    // Not thrown: pages that pass a request on would take it for an error of theirs.
    hono.notFound(() => toResponse(problemOf(new ReceiveError("not_found", nothing))));
    hono.onError((error) => {
      if (problemCodeOf(error) === "internal_error") log.error("unexpected error", describeError(error));
      return toResponse(problemOf(error));
    });
    return hono;
  };
  const app = create();
  healthRoutes(app, services);
  const loads = [
    answerLater(app, "/api/*", async () => {
      const { apiRoutes } = await import("./routes/api.js");
      const api = create();
      apiRoutes(api, services);
      return api;
    }),
  ];
  const { loadPages } = options;
  if (loadPages !== undefined)
    loads.push(answerLater(app, "*", async () => create().route("/", await loadPages())));
  const fetch = webHost(intake, (request, { address, breakOff, clientGone }) =>
    app.fetch(request, { address, breakOff, clientGone }),
  );
  return {
    fetch,
    app,
    intake,
    signInFailed: services.signInFailed,
    preload: () => Promise.all(loads.map((load) => load())),
    drain: () => queue.drain(),
  };
}

/** Lets an app that its first request loads answer all requests to a path. Returns what loads it earlier. */
function answerLater(app: Hono, path: string, load: () => Promise<Hono>): () => Promise<Hono> {
  const loaded = loadOnce(load);
  app.all(path, async (c) => (await loaded()).fetch(c.req.raw, c.env));
  return loaded;
}
