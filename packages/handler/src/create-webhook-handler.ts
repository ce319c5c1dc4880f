import {
  defaultBodyTimeoutMs,
  defaultMaxBodyBytes,
  defaultMaxPending,
  defaultToleranceSeconds,
} from "@sessionhook/core/limits";
import type { AppendOutcome, EventType, KnownEvent, NewEvent, UnrecognizedEvent } from "@sessionhook/core";
import {
  appendEvents,
  UnbatchedWriter,
  type QueuedWriter,
  WriteQueue,
  budgetOf,
  checkContentEncoding,
  checkPost,
  currentSecrets,
  log,
  rejectionLog,
  WebRequest,
  withBody,
} from "@sessionhook/ingest";
import type { NodeRequest } from "./adapters/node-types.js";
import { isNodeResponse, writeAnswer } from "./adapters/write-answer.js";
import { EventHandlers, type EventHandler, type EventOf } from "./handler/event-handlers.js";
import { answerError, reporter } from "./handler/errors.js";
import { checkOptions, type WebhookHandlerOptions } from "./handler/options.js";
import { checkRawBody, checkRequest } from "./handler/raw-body.js";
import { type HandlerResult, handlerRunner } from "./handler/run-handlers.js";

export type { ErrorContext, EventContext, InvalidEvent, Seen } from "./handler/context.js";
export type { EventHandler, EventOf } from "./handler/event-handlers.js";
export type { Secrets, WebhookHandlerOptions } from "./handler/options.js";

/** A `Request → Response` function to which event handlers are added. It never rejects because of a sender's input. */
export interface WebhookHandler {
  (request: Request): Promise<Response>;
  /** Adds a handler for events of a type. Handlers run in the order they were added, one after the other. */
  on<T extends EventType>(type: T, handler: EventHandler<EventOf<T>>): WebhookHandler;
  /** Adds a handler for every event of any type that is not quarantined. */
  on(type: "*", handler: EventHandler<KnownEvent | UnrecognizedEvent>): WebhookHandler;
  /** Adds a handler for events of types this version does not know. */
  onUnrecognized(handler: EventHandler<UnrecognizedEvent>): WebhookHandler;
}

/**
 * A webhook endpoint inside your own app: verifies a message, validates its event, and runs your handlers
 * for its type. It responds as `POST /webhooks` does (docs/http-api.md). If a handler throws, the response is 500
 * `handler_failed`, so that the sender retries. An event without a handler is acknowledged.
 * @throws ConfigurationError for unusable secrets and options
 *
 * @example
 * ```ts
 * import { createWebhookHandler } from "@sessionhook/handler";
 *
 * export const POST = createWebhookHandler({ secrets: process.env.WEBHOOK_SECRET }).on(
 *   "identity.session.finalized",
 *   async (event, { id }) => console.log(id, event.data.session.landingPage),
 * );
 * ```
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  checkOptions(options);
  const secrets = currentSecrets(options.secrets, options);
  const eventHandlers = new EventHandlers();
  const now = options.now ?? Date.now;
  const report = reporter(options.onError);
  const rejected = rejectionLog(now);
  const limits = {
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    bodyTimeoutMs: options.bodyTimeoutMs ?? defaultBodyTimeoutMs,
  };
  const requestScopedIo = options.requestScopedIo ?? false;
  const budget = budgetOf({ ...limits, memoryBudgetBytes: options.memoryBudgetBytes, requestScopedIo });
  const runHandlers = handlerRunner({
    secrets,
    toleranceSeconds: options.toleranceSeconds ?? defaultToleranceSeconds,
    now,
    onInvalid: options.onInvalid ?? (options.store === undefined ? "reject" : () => undefined),
    seen: options.seen,
    queue: storeQueue(options),
    requestScopedIo,
    eventHandlers,
    report,
  });

  const handle = async (request: Request, ...[host]: unknown[]): Promise<Response> => {
    try {
      checkRequest(request);
    } catch (error) {
      // Without nodeHandler: node:http and Express 4 ignore the promise, whose rejection would end the process.
      if (!isNodeResponse(host)) throw error;
      const answer = answerError(error, undefined, report, rejected);
      await writeAnswer(request as unknown as NodeRequest, host, answer.clone());
      return answer;
    }
    const inbound = new WebRequest(request);
    const message: { id?: string } = {};
    try {
      checkPost(inbound.method);
      checkRawBody(request);
      checkContentEncoding(inbound.header("content-encoding"));
      const done = await withBody(inbound, limits, budget(), (body) =>
        runHandlers(body, request.headers, message),
      );
      return acknowledge(done);
    } catch (error) {
      inbound.body.cancel();
      return answerError(error, message.id, report, rejected);
    }
  };

  const handler: WebhookHandler = Object.assign(handle, {
    on(type: EventType | "*", run: EventHandler<never>) {
      eventHandlers.on(type, run);
      return handler;
    },
    onUnrecognized(run: EventHandler<UnrecognizedEvent>) {
      eventHandlers.onUnrecognized(run);
      return handler;
    },
  });
  return handler;
}

function acknowledge({ status, id, type }: HandlerResult): Response {
  log.debug("message acknowledged", { status, id, type });
  return Response.json({ status, id });
}

function storeQueue({
  store,
  requestScopedIo,
}: WebhookHandlerOptions): QueuedWriter<NewEvent, AppendOutcome> | undefined {
  if (store === undefined) return undefined;
  const append = (events: readonly NewEvent[]) => appendEvents(store, events);
  return requestScopedIo === true
    ? new UnbatchedWriter(append, {})
    : new WriteQueue(append, { maxPending: defaultMaxPending });
}
