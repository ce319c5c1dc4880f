import { InvalidPayloadError } from "./errors.js";
import type { ReceivedEvent, UnrecognizedEvent } from "./schema/event-types.js";
import type { KnownEvent } from "./schema/generated/types.js";
import { parseEvent } from "./schema/parse-event.js";
import { checkOptions, type RawBody } from "./signature/arguments.js";
import { verifySignature, type VerifyOptions } from "./signature/verify-signature.js";

/**
 * Verifies, parses and validates a message in one call and returns its event, typed by `type`:
 * `switch (event.type)` narrows. Unknown fields are preserved. An event of a type this version does not know
 * is returned as `UnrecognizedEvent` and never throws: the provider adds types without notice.
 * If an older envelope lacks `id` or `created`, they are filled in (`completeEnvelope`).
 *
 * @param body the raw body, exactly as received
 * @throws SignatureError if verification fails; the body has not been parsed
 * @throws InvalidPayloadError if a genuine body does not fit the schema of its type or is not a JSON event
 * @throws ConfigurationError for an unusable secret or option
 *
 * @example
 * ```ts
 * import { unwrap } from "@sessionhook/core";
 *
 * export async function POST(request: Request): Promise<Response> {
 *   const body = await request.arrayBuffer();
 *   const event = unwrap(body, { headers: request.headers, secrets: process.env.WEBHOOK_SECRET ?? "" });
 *   if (event.type === "identity.session.finalized") console.log(event.data.session.landingPage);
 *   return new Response("ok");
 * }
 * ```
 */
export function unwrap(body: RawBody, options: VerifyOptions): KnownEvent | UnrecognizedEvent {
  checkOptions(options, "unwrap(body, { headers, secrets })");
  const message = verifySignature(body, options);
  const result = parseEvent(body);
  if (result.status === "quarantined") throw new InvalidPayloadError(result);
  return result.status === "accepted" ? completeEnvelope(result.event, message) : result.event;
}

/** An ISO 8601 time with an offset, which means the same on every machine. */
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Returns the event with `id` and `created`, whichever envelope it has. If they are missing, `id` is the
 * message id and `created` (Unix milliseconds) the value of `timestamp`, or the attempt timestamp if `timestamp` is
 * not a time with an offset. All of these are signed. Existing fields are not changed.
 * @param message the result of `verifySignature`: message id, and attempt timestamp in Unix seconds
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

/** Returns the time of an older envelope in Unix milliseconds; undefined if it has no offset. */
export function createdAt(timestamp: string | undefined): number | undefined {
  const time = timestamp !== undefined && isoTime.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
