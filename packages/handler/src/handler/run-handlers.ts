import type { AppendOutcome, KnownEvent, NewEvent, ParseResult, SigningSecrets } from "@sessionhook/core";
import { type QueuedWriter, examine, invalidPayload, newEvent, type Received } from "@sessionhook/ingest";
import type { EventContext, InvalidEvent, Seen } from "./context.js";
import type { EventHandlers } from "./event-handlers.js";
import { handlerFailed, type Report } from "./errors.js";
import { Turns } from "./turns.js";

export type HandlerResult = Received;

export interface RunOptions {
  readonly secrets: () => SigningSecrets;
  readonly toleranceSeconds: number;
  readonly now: () => number;
  readonly onInvalid: "reject" | ((invalid: InvalidEvent, context: EventContext) => unknown);
  readonly seen: Seen | undefined;
  readonly queue: QueuedWriter<NewEvent, AppendOutcome> | undefined;
  /** False: messages of one id wait for each other. */
  readonly requestScopedIo: boolean;
  readonly eventHandlers: EventHandlers;
  readonly report: Report;
}

/** Handles one message; `proven.id` is set once the message is verified. */
export type RunHandlers = (
  body: Uint8Array,
  headers: Headers,
  proven: { id?: string },
) => Promise<HandlerResult>;

/**
 * Verifies, parses, stores (with a store), runs the handlers and records the id (with `seen`), in this order, so that
 * an event is acknowledged only after its handlers have finished, and retried otherwise. Messages with the same id
 * wait for each other: a retry that arrives during a slow handler must not run concurrently.
 */
export function handlerRunner(options: RunOptions): RunHandlers {
  const turns = new Turns();
  return async (body, headers, proven) => {
    const examined = examine(body, headers, { ...options, secrets: options.secrets() });
    const { message, result, receivedAt } = examined;
    proven.id = message.id;
    if (result.status === "quarantined" && options.onInvalid === "reject") throw invalidPayload(result);
    const event = newEvent(body, examined);
    const stored = await options.queue?.append(event);
    const context: EventContext = {
      id: message.id,
      attemptTimestamp: message.timestamp,
      receivedAt,
      rawBody: body,
      stored,
    };
    const work = () => run(result, context, options);
    const ran = await (options.requestScopedIo ? work() : turns.take(message.id, work));
    const status = ran ? event.status : "duplicate";
    const answered = stored === undefined || stored === "stored" ? status : stored;
    return { id: event.id, status: answered, type: event.type };
  };
}

/** Returns false if `seen` has the id. @throws ReceiveError `handler_failed` */
async function run(
  result: ParseResult<KnownEvent>,
  context: EventContext,
  options: RunOptions,
): Promise<boolean> {
  const { seen, eventHandlers, onInvalid } = options;
  try {
    // Any truthy result counts: clients of databases return 1 or a row.
    if (await seen?.has(context.id)) return false;
    if (result.status !== "quarantined") {
      await eventHandlers.dispatch(result.event, result.status === "accepted", context);
    } else if (onInvalid !== "reject") {
      const { type, issues, total, exact } = result;
      await onInvalid({ type, issues, total, exact }, context);
    }
  } catch (error) {
    throw handlerFailed(error);
  }
  try {
    await seen?.add(context.id);
  } catch (error) {
    options.report(error, { code: "seen_not_recorded", id: context.id });
  }
  return true;
}
