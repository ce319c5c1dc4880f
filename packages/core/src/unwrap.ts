import { InvalidPayloadError } from "./errors.js";
import { parseEvent } from "./schema/parse-event.js";
import { completeEnvelope, type KnownEvent, type UnrecognizedEvent } from "./schema/index.js";
import type { RawBody } from "./signature/body.js";
import { verifySignature, type VerifyOptions } from "./signature/verify-signature.js";

/**
 * Verifies, parses and validates a delivery in one call and returns its event, typed by `type`:
 * `switch (event.type)` narrows. Unknown fields are kept. An event of a type this version does not know
 * is returned as `UnrecognizedEvent` and never throws: the provider adds types without notice.
 * Where an older envelope lacks `id` or `created` they are filled in (`completeEnvelope`).
 *
 * @param body the raw body, exactly as received
 * @throws SignatureError when the delivery is not proven genuine; nothing in the body has been read
 * @throws InvalidPayloadError when a genuine event of a known type (or no JSON event at all) does not fit
 * @throws ConfigurationError for an unusable secret or option
 */
export function unwrap(body: RawBody, options: VerifyOptions): KnownEvent | UnrecognizedEvent {
  const message = verifySignature(body, options);
  const result = parseEvent(body);
  if (result.status === "quarantined") throw new InvalidPayloadError(result.issues);
  return result.status === "accepted" ? completeEnvelope(result.event, message) : result.event;
}
