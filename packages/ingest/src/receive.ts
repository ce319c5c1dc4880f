import {
  type AppendOutcome,
  type Classification,
  type ClassifiedEvent,
  completeEnvelope,
  type HeadersLike,
  type IssueList,
  type KnownEvent,
  type NewEvent,
  parseEvent,
  type ParseResult,
  type SigningSecrets,
  StoreError,
  type VerifiedMessage,
  verifySignature,
} from "@sessionhook/core";
import { isAppendOutcome } from "./append-events.js";
import { storable } from "./classify.js";
import type { QueuedWriter } from "./write-queue.js";
import type { ReceivedMessage, WriteResult } from "./event-writer.js";
import { ReceiveError } from "./receive-error.js";

/** Status in the acknowledgement to the sender. Each means: received, do not send again. */
type ReceiveStatus = Classification | Exclude<AppendOutcome, "stored">;

export interface Received {
  readonly id: string;
  readonly status: ReceiveStatus;
  readonly type: string | null;
}

export interface ReceiveOptions {
  readonly secrets: SigningSecrets;
  readonly toleranceSeconds: number;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** A message that was proven genuine, with its parsed body. */
export interface Examined {
  readonly message: VerifiedMessage;
  readonly result: ParseResult<KnownEvent>;
  /** Time of receipt, in Unix milliseconds. */
  readonly receivedAt: number;
}

/** Verifies, then parses a message. @throws SignatureError */
export function examine(
  body: Uint8Array,
  headers: Headers,
  { secrets, toleranceSeconds, now }: ReceiveOptions,
): Examined {
  const receivedAt = now();
  const message = verifySignature(body, { headers, secrets, toleranceSeconds, now: receivedAt });
  const parsed = parseEvent(body);
  const result =
    parsed.status === "accepted" ? { ...parsed, event: completeEnvelope(parsed.event, message) } : parsed;
  return { message, result, receivedAt };
}

/** Returns the event to store for an examined message. */
export function newEvent(body: Uint8Array, { message, result, receivedAt }: Examined): NewEvent {
  const classified: ClassifiedEvent =
    result.status === "accepted" ? { status: "accepted", type: result.event.type } : result;
  return {
    id: message.id,
    ...storable(classified),
    raw: body,
    receivedAt,
    attemptTimestamp: message.timestamp,
    signature: message.signature,
  };
}

/** Returns the error for an event that does not fit its schema. */
export function invalidPayload({ issues, total, exact }: IssueList): ReceiveError {
  const detail = "The event does not fit the schema of its type and was not stored";
  return new ReceiveError("invalid_payload", detail, { issues: { issues, total, exact } });
}

/**
 * Ingests a message: verifies it here, then classifies and appends it through the queue. Resolves when it is durable.
 * @throws SignatureError, ReceiveError (`invalid_payload`, `overloaded`), StoreError: nothing was stored
 */
export async function receive(
  body: Uint8Array,
  headers: HeadersLike,
  queue: QueuedWriter<ReceivedMessage, WriteResult>,
  { secrets, toleranceSeconds, now }: ReceiveOptions,
): Promise<Received> {
  const receivedAt = now();
  const message = verifySignature(body, { headers, secrets, toleranceSeconds, now: receivedAt });
  const results = await queue.append({
    id: message.id,
    raw: body,
    receivedAt,
    attemptTimestamp: message.timestamp,
    signature: message.signature,
  });
  if (results.outcome === "rejected") throw invalidPayload(results);
  // A custom writer may confirm nothing.
  if (!isAppendOutcome(results.outcome))
    throw new StoreError("store_unavailable", "The writer returned no outcome for the event");
  return {
    id: message.id,
    status: results.outcome === "stored" ? results.status : results.outcome,
    type: results.type,
  };
}
