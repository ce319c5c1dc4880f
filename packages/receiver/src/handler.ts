import type { AppendOutcome, EventType, KnownEvent, NewEvent, UnrecognizedEvent } from "@sessionhook/core";
import { AppendAlone } from "./append-alone.js";
import { type Appender, AppendQueue } from "./append-queue.js";
import { checkContentEncoding } from "./content-encoding.js";
import { Dispatcher, type EventHandler, type EventOf } from "./handler/dispatcher.js";
import { answerError, reporter } from "./handler/errors.js";
import { checkOptions, readSecrets, type WebhookHandlerOptions } from "./handler/options.js";
import { checkRawBody, checkRequest } from "./handler/raw-body.js";
import { type Delivered, deliverer } from "./handler/deliver.js";
import { budgetOf } from "./http/memory-budget.js";
import { withBody } from "./http/read-body.js";
import { WebRequest } from "./http/web-request.js";
import { checkPost } from "./intake.js";
import { log } from "./log.js";

export type { ErrorContext, EventContext, InvalidEvent, Seen } from "./handler/context.js";
export type { EventHandler, EventOf } from "./handler/dispatcher.js";
export type { Secrets, WebhookHandlerOptions } from "./handler/options.js";

/** `Request → Response`, and a place to say what happens to which event. It never rejects for what a sender does. */
export interface WebhookHandler {
  (request: Request): Promise<Response>;
  /** Adds a handler for events of a type. Handlers run in the order they were added, one after the other. */
  on<T extends EventType>(type: T, handler: EventHandler<EventOf<T>>): WebhookHandler;
  /** Adds a handler for every event that is not quarantined, of whatever type. */
  on(type: "*", handler: EventHandler<KnownEvent | UnrecognizedEvent>): WebhookHandler;
  /** Adds a handler for events of types this version does not know. */
  onUnrecognized(handler: EventHandler<UnrecognizedEvent>): WebhookHandler;
}

/**
 * A webhook endpoint inside your own app: verifies a delivery, validates its event, and runs your handlers
 * for its type. Answers as `POST /webhooks` does (docs/http-api.md). A handler that throws: 500
 * `handler_failed`, nothing is acknowledged, the sender tries again. An event without a handler is acknowledged.
 * @throws ConfigurationError for unusable secrets and options
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  checkOptions(options);
  const secrets = readSecrets(options);
  const dispatcher = new Dispatcher();
  const report = reporter(options.onError);
  const limits = {
    maxBodyBytes: options.maxBodyBytes ?? 1024 * 1024,
    bodyTimeoutMs: options.bodyTimeoutMs ?? 30_000,
  };
  const separateRequests = options.separateRequests ?? false;
  const budget = budgetOf({ ...limits, maxHeldBytes: options.maxHeldBytes, separateRequests });
  const deliver = deliverer({
    secrets,
    toleranceSeconds: options.toleranceSeconds ?? 300,
    now: options.now ?? Date.now,
    onInvalid: options.onInvalid ?? (options.store === undefined ? "reject" : () => undefined),
    seen: options.seen,
    queue: storeQueue(options),
    separateRequests,
    dispatcher,
    report,
  });

  const handle = async (request: Request): Promise<Response> => {
    checkRequest(request);
    const inbound = new WebRequest(request);
    const delivery: { id?: string } = {};
    try {
      checkPost(inbound.method);
      checkRawBody(request);
      checkContentEncoding(inbound.header("content-encoding"));
      const done = await withBody(inbound, limits, budget(), (body) =>
        deliver(body, request.headers, delivery),
      );
      return acknowledge(done);
    } catch (error) {
      inbound.body.cancel();
      return answerError(error, delivery.id, report);
    }
  };

  const handler: WebhookHandler = Object.assign(handle, {
    on(type: EventType | "*", run: EventHandler<never>) {
      dispatcher.on(type, run);
      return handler;
    },
    onUnrecognized(run: EventHandler<UnrecognizedEvent>) {
      dispatcher.onUnrecognized(run);
      return handler;
    },
  });
  return handler;
}

function acknowledge({ status, id, type }: Delivered): Response {
  log.debug("event taken", { status, id, type });
  return Response.json({ status, id });
}

function storeQueue({
  store,
  separateRequests,
}: WebhookHandlerOptions): Appender<NewEvent, AppendOutcome> | undefined {
  if (store === undefined) return undefined;
  const append = (events: readonly NewEvent[]) => store.append(events);
  return separateRequests === true
    ? new AppendAlone(append, {})
    : new AppendQueue(append, { maxPending: 4096 });
}
