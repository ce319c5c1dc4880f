import {
  type AppendOutcome,
  type Classification,
  type ClassifiedEvent,
  classifyEvent,
  completeEnvelope,
  type HeadersLike,
  type Issue,
  type KnownEvent,
  type NewEvent,
  parseEvent,
  type ParseResult,
  type SigningSecrets,
  type VerifiedMessage,
  verifySignature,
} from "@sessionhook/core";
import type { Appender } from "./append-queue.js";
import type { Delivery, Kept } from "./keeper.js";
import { ReceiveError } from "./receive-error.js";

/** What the sender is told. All of them mean: taken, do not send again. */
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

/** A delivery that is proven genuine, and what core made of its body. */
export interface Examined {
  readonly message: VerifiedMessage;
  readonly result: ParseResult<KnownEvent>;
  /** When it was taken, in Unix milliseconds. */
  readonly receivedAt: number;
}

/** Verify, then parse. @throws SignatureError */
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

/** What a store keeps of an examined delivery. */
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

/** The refusal of an event that does not fit its schema. */
export function invalidPayload(issues: readonly Issue[]): ReceiveError {
  const detail = "The event does not fit the schema of its type and was not kept";
  return new ReceiveError("invalid_payload", detail, { issues });
}

/**
 * The way of an event: verify here, classify and append in the keeper behind the queue. Resolves when it is durable.
 * @throws SignatureError, ReceiveError (`invalid_payload`, `overloaded`), StoreError: nothing was kept
 */
export async function receive(
  body: Uint8Array,
  headers: HeadersLike,
  queue: Appender<Delivery, Kept>,
  { secrets, toleranceSeconds, now }: ReceiveOptions,
): Promise<Received> {
  const receivedAt = now();
  const message = verifySignature(body, { headers, secrets, toleranceSeconds, now: receivedAt });
  const kept = await queue.append({
    id: message.id,
    raw: body,
    receivedAt,
    attemptTimestamp: message.timestamp,
    signature: message.signature,
  });
  if (kept.outcome === "rejected") throw invalidPayload(kept.issues);
  return { id: message.id, status: kept.outcome === "stored" ? kept.status : kept.outcome, type: kept.type };
}

/** What core says of a body, in the form a store keeps. Pure: the same bytes always give the same answer. */
export function classify(body: Uint8Array): Pick<NewEvent, "type" | "status" | "issues"> {
  return storable(classifyEvent(body));
}

function storable(classified: ClassifiedEvent): Pick<NewEvent, "type" | "status" | "issues"> {
  switch (classified.status) {
    case "accepted":
      return { type: classified.type, status: "accepted", issues: [] };
    case "unrecognized":
      return { type: storableType(classified.type), status: "unrecognized", issues: [] };
    case "quarantined":
      return { type: classified.type, status: "quarantined", issues: classified.issues };
  }
}

/** Longest event type that is kept as a search column, in characters. The body keeps any. */
const maxTypeLength = 256;

/** The type as a column: null for what a database could not hold as text, so that the event is not lost over it. */
function storableType(type: string): string | null {
  return type.length > maxTypeLength || !type.isWellFormed() || type.includes("\u0000") ? null : type;
}
