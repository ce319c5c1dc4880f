import {
  type AppendOutcome,
  type Classification,
  completeEnvelope,
  type Issue,
  type KnownEvent,
  type NewEvent,
  parseEvent,
  type ParseResult,
  type SigningSecrets,
  type VerifiedMessage,
  verifySignature,
} from "@sessionhook/core";
import type { AppendQueue } from "./append-queue.js";
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
  /** `reject`: an event that does not fit its schema is refused and not kept. */
  readonly onInvalid: "quarantine" | "reject";
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
  { secrets, toleranceSeconds, now }: Omit<ReceiveOptions, "onInvalid">,
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
  return {
    id: message.id,
    ...classification(result),
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
 * The way of an event: verify, classify, append. Resolves when it is durable.
 * @throws SignatureError, ReceiveError (`invalid_payload`, `overloaded`), StoreError: nothing was kept
 */
export async function receive(
  body: Uint8Array,
  headers: Headers,
  queue: AppendQueue,
  options: ReceiveOptions,
): Promise<Received> {
  const event = newEvent(body, examine(body, headers, options));
  if (event.status === "quarantined" && options.onInvalid === "reject") throw invalidPayload(event.issues);
  const outcome = await queue.append(event);
  return { id: event.id, status: outcome === "stored" ? event.status : outcome, type: event.type };
}

/** What core makes of a body, in the form a store keeps. Pure: the same bytes always give the same answer. */
export function classify(body: Uint8Array): Pick<NewEvent, "type" | "status" | "issues"> {
  return classification(parseEvent(body));
}

function classification(result: ParseResult): Pick<NewEvent, "type" | "status" | "issues"> {
  switch (result.status) {
    case "accepted":
      return { type: result.event.type, status: "accepted", issues: [] };
    case "unrecognized":
      return { type: storableType(result.type), status: "unrecognized", issues: [] };
    case "quarantined":
      return { type: result.type, status: "quarantined", issues: result.issues };
  }
}

/** Longest event type that is kept as a search column, in characters. The body keeps any. */
const maxTypeLength = 256;

/** The type as a column: null for what a database could not hold as text, so that the event is not lost over it. */
function storableType(type: string): string | null {
  return type.length > maxTypeLength || !type.isWellFormed() || type.includes("\u0000") ? null : type;
}
