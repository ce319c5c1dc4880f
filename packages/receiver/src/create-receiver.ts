import {
  defaultBodyTimeoutMs,
  defaultMaxBodyBytes,
  defaultMaxPending,
  defaultToleranceSeconds,
} from "@sessionhook/core/limits";
import { Hono } from "hono";
import { getPath } from "hono/utils/url";
import {
  UnbatchedWriter,
  type QueuedWriter,
  WriteQueue,
  belowBasePath,
  budgetOf,
  currentSecrets,
  type ReceivedMessage,
  describeError,
  Intake,
  loadOnce,
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
import { withChangesLogged } from "./changes-logged.js";
import { checkReceiverOptions, type ReceiverOptions } from "./receiver-options.js";
import { DeliveryMetrics } from "./delivery-metrics.js";
import { Metrics } from "./metrics.js";
import { healthRoutes } from "./routes/health.js";
import type { Services } from "./services.js";
import { type SignInFailed, signInFailures } from "./sign-in-failures.js";

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
 * @throws ConfigurationError for unusable secrets and options
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  checkReceiverOptions(options);
  const token = options.adminToken;
  const adminToken = typeof token === "function" ? token : () => token;
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
  const checkWritable = withChangesLogged(async () => {
    if (writer.checkWritable === undefined) return store.checkWritable();
    await writer.checkWritable();
    // A writer has its own connection; pages and the API read through this one.
    await store.stats();
  });
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
