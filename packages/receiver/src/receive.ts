import {
  type AppendOutcome,
  type Classification,
  type NewEvent,
  parseEvent,
  type SigningSecrets,
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
  const receivedAt = options.now();
  const message = verifySignature(body, {
    headers,
    secrets: options.secrets,
    toleranceSeconds: options.toleranceSeconds,
    now: receivedAt,
  });
  const classified = classify(body);
  if (classified.status === "quarantined" && options.onInvalid === "reject") {
    throw new ReceiveError(
      "invalid_payload",
      "The event does not fit the schema of its type and was not kept",
      {
        issues: classified.issues,
      },
    );
  }
  const outcome = await queue.append({
    id: message.id,
    ...classified,
    raw: body,
    receivedAt,
    attemptTimestamp: message.timestamp,
    signature: message.signature,
  });
  return {
    id: message.id,
    status: outcome === "stored" ? classified.status : outcome,
    type: classified.type,
  };
}

/** What core makes of a body, in the form a store keeps. Pure: the same bytes always give the same answer. */
export function classify(body: Uint8Array): Pick<NewEvent, "type" | "status" | "issues"> {
  const result = parseEvent(body);
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
