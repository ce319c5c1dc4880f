import { InvalidPayloadError } from "./errors.js";
import type { ReceivedEvent, UnrecognizedEvent } from "./schema/event-types.js";
import type { KnownEvent } from "./schema/generated/types.js";
import { parseEvent } from "./schema/parse-event.js";
import { checkOptions, type RawBody } from "./signature/arguments.js";
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
  checkOptions(options, "unwrap(body, { headers, secrets })");
  const message = verifySignature(body, options);
  const result = parseEvent(body);
  if (result.status === "quarantined") throw new InvalidPayloadError(result.issues);
  return result.status === "accepted" ? completeEnvelope(result.event, message) : result.event;
}

/** An ISO 8601 time that means the same on every machine: it says its offset. */
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The event with `id` and `created`, whichever envelope it came in. Where they are missing, `id` is the
 * message id and `created` (Unix milliseconds) what `timestamp` says; where that is no time with an
 * offset, the attempt timestamp. All of these are signed. What is there is not changed.
 * @param message what `verifySignature` returned: message id, and attempt timestamp in Unix seconds
 */
export function completeEnvelope(
  event: ReceivedEvent,
  message: { readonly id: string; readonly timestamp: number },
): KnownEvent {
  if (event.id !== undefined && event.created !== undefined) return event as KnownEvent;
  return {
    id: message.id,
    created: createdAt(event.timestamp) ?? message.timestamp * 1000,
    ...event,
  } as KnownEvent;
}

function createdAt(timestamp: string | undefined): number | undefined {
  const time = timestamp !== undefined && isoTime.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
