import { type RawBody, rawBody } from "../signature/arguments.js";
import type { ReceivedEvent, UnrecognizedEvent } from "./event-types.js";
import { checks, schemaOf } from "./generated/known-types.js";
import type { EventType } from "./generated/types.js";
import type { Issue } from "../errors.js";
import { jsonType, maxIssues, misfits } from "./misfits.js";
import { scanEvent } from "./scan/scan-event.js";

export { maxIssues };

export type ParseResult<Event = ReceivedEvent> =
  /** Of a known type, and it fits. */
  | { readonly status: "accepted"; readonly event: Event }
  /** Of a known type and it does not fit, or no JSON event at all. `type` is null where there is none. */
  | { readonly status: "quarantined"; readonly type: string | null; readonly issues: readonly Issue[] }
  /** A JSON event of a type this version does not know. */
  | { readonly status: "unrecognized"; readonly type: string; readonly event: UnrecognizedEvent };

/** What `ParseResult` says of a body, without the event. */
export type ClassifiedEvent =
  | { readonly status: "accepted"; readonly type: EventType }
  | { readonly status: "quarantined"; readonly type: string | null; readonly issues: readonly Issue[] }
  | { readonly status: "unrecognized"; readonly type: string };

// The mark is skipped below, for texts and bytes alike: once.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Parses and validates a body, without asking who sent it: verify first. Never throws for anything a
 * sender can send. Unknown fields are kept; the event is what `JSON.parse` made of the body, so that an
 * older envelope lacks `id` and `created` (`completeEnvelope` adds them). Bytes must
 * be UTF-8; a byte order mark is skipped. At most 100 issues are told.
 * @throws ConfigurationError `invalid_option` when `body` is not a raw body at all
 */
export function parseEvent(body: RawBody): ParseResult {
  const content = rawBody(body);
  let text: string;
  try {
    text = typeof content === "string" ? content : utf8.decode(content);
  } catch {
    return quarantined(null, "", "the body is not valid UTF-8");
  }
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return quarantined(null, "", "the body is not valid JSON");
  }
  return classify(value);
}

/**
 * What `parseEvent` says of a body, for those who keep its bytes and do not need the event: in about half the time
 * where it is accepted and given as bytes, since nothing is made of it.
 * @throws ConfigurationError `invalid_option` when `body` is not a raw body at all
 */
export function classifyEvent(body: RawBody): ClassifiedEvent {
  const content = rawBody(body);
  const type = typeof content === "string" ? undefined : scanEvent(content);
  if (type !== undefined) return { status: "accepted", type };
  const result = parseEvent(content);
  switch (result.status) {
    case "accepted":
      return { status: "accepted", type: result.event.type };
    case "quarantined":
      return result;
    case "unrecognized":
      return { status: "unrecognized", type: result.type };
  }
}

function classify(value: unknown): ParseResult {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return quarantined(null, "", `expected object, found ${jsonType(value)}`);
  }
  const type: unknown = Object.hasOwn(value, "type") ? (value as { type: unknown }).type : undefined;
  if (typeof type !== "string") {
    return quarantined(
      null,
      "type",
      `expected string, ${type === undefined ? "it is missing" : `found ${jsonType(type)}`}`,
    );
  }
  const fits = checks.get(type);
  if (fits === undefined) return { status: "unrecognized", type, event: value as UnrecognizedEvent };
  if (fits(value)) return { status: "accepted", event: value as ReceivedEvent };
  const issues = misfits(schemaOf(type), value);
  if (issues.length === 0) return { status: "accepted", event: value as ReceivedEvent };
  return { status: "quarantined", type, issues };
}

function quarantined(type: string | null, path: string, message: string): ParseResult {
  return { status: "quarantined", type, issues: [{ path, message }] };
}

/**
 * Reads the fields of an object that its type does not name. The provider adds fields without notice; they are kept at
 * run time, while the types name only known ones, so that a misspelt field does not compile. Returns the object itself.
 *
 * @example
 * ```ts
 * const consent = unknownFields(event.data.session)["consent"]; // unknown
 * ```
 */
export function unknownFields(object: object): Readonly<Record<string, unknown>> {
  return object as Readonly<Record<string, unknown>>;
}
