import { type RawBody, rawBody } from "../signature/body.js";
import type { EventType } from "./events.js";
import type { Issue } from "./issue.js";
import { parseEvent } from "./parse-event.js";
import { scanEvent } from "./scan/scan-event.js";

/** What `ParseResult` says of a body, without the event. */
export type ClassifiedEvent =
  | { readonly status: "accepted"; readonly type: EventType }
  | { readonly status: "quarantined"; readonly type: string | null; readonly issues: readonly Issue[] }
  | { readonly status: "unrecognized"; readonly type: string };

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
