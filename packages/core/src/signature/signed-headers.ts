import type { StoredEvent } from "../ports/event-log.js";
import type { SignatureHeaders } from "./sign.js";

/** Returns the headers that a stored event was received with; with its body they can be verified again. */
export function signedHeaders({
  id,
  attemptTimestamp,
  signature,
}: Pick<StoredEvent, "id" | "attemptTimestamp" | "signature">): SignatureHeaders {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(attemptTimestamp),
    "webhook-signature": signature,
  };
}
