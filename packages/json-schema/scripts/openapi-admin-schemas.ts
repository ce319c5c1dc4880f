import { eventStatuses, maxIssues } from "@sessionhook/core";
import { deliverySchemas } from "./openapi-delivery-schemas.ts";
import { count, listOf, milliseconds, nullable, object, ref } from "./openapi-parts.ts";
import { problemSchemas } from "./openapi-problems.ts";
import { visitSchemas } from "./openapi-visit-schemas.ts";

/** The status of a stored event. */
const status = {
  type: "string",
  enum: eventStatuses,
  description:
    "accepted: valid for its schema. quarantined: of a known type, but not valid for its schema, or not JSON. " +
    "unrecognized: of an unknown type. conflict: the id was stored before with other bytes.",
};

const summary = {
  id: {
    type: "string",
    description: "Message id: the `webhook-id` header.",
    examples: ["evt_01KH5HM09WTF6DOE8K2H6DG2RI"],
  },
  version: count(
    "1 for the event itself; 2, 3, … for conflicting bytes under the same id, in order of arrival.",
  ),
  type: nullable("string", "Event type; null if the body has none."),
  status: ref("EventStatus"),
  receivedAt: milliseconds("Time of receipt"),
  attemptTimestamp: count("The `webhook-timestamp` header, Unix seconds."),
  size: count("Length of the body in bytes."),
  duplicates: count("Number of times that exactly these bytes were received again."),
  position: {
    type: "string",
    description: "Opaque position in the event log after this event, for the parameter `after`.",
  },
};

const issueList = {
  issues: {
    type: "array",
    items: ref("Issue"),
    description: `Issues of a quarantined event, at most ${maxIssues}; empty otherwise.`,
  },
  total: count("Number of issues, listed or not."),
  exact: {
    type: "boolean",
    description: "False if counting stopped at a limit: the event has more than `total` issues.",
  },
};
const signature = { type: "string", description: "The `webhook-signature` header as received." };
const deliveries = listOf("Delivery", "The newest deliveries of the event, at most 500.");

export const adminSchemas = {
  EventStatus: { title: "EventStatus", ...status },
  EventSummary: object("EventSummary", "A stored event without its body.", summary),
  ListedEvent: object(
    "ListedEvent",
    "A stored event; with `after` also its issues, signature and body.",
    summary,
    {
      ...issueList,
      signature,
      body: { type: "string", description: "The body as received, if it is UTF-8." },
      bodyBase64: { type: "string", description: "The body as received in base64, if it is not UTF-8." },
    },
  ),
  EventPage: object(
    "EventPage",
    "Stored events: newest first, or with `after` oldest first.",
    { events: { type: "array", items: ref("ListedEvent"), description: "At most `limit` events." } },
    {
      nextCursor: nullable("string", "Without `after`: `cursor` of the next page; null on the last page."),
      position: { type: "string", description: "With `after`: the `after` of the next request." },
      end: { type: "boolean", description: "With `after`: true if there was nothing more." },
      settleSeconds: count(
        "With `after`: for this long an event can still appear below a position that was read.",
      ),
    },
  ),
  EventDetail: object("EventDetail", "A stored event with everything that was received.", {
    ...summary,
    ...issueList,
    signature,
    versions: {
      type: "array",
      items: ref("EventSummary"),
      description: "All versions of the id, this one included.",
    },
    deliveries,
    payload: { description: "The body, if it is JSON; null otherwise." },
  }),
  RecheckResult: object("RecheckResult", "The classification of an event by today's schemas.", {
    id: summary.id,
    status: ref("EventStatus"),
    previousStatus: ref("EventStatus"),
    ...issueList,
    deliveries,
  }),
  EventHeaders: object("EventHeaders", "The signed headers of an event as received.", {
    "webhook-id": summary.id,
    "webhook-timestamp": { type: "string", description: "Unix seconds of the attempt." },
    "webhook-signature": signature,
  }),
  SignInLink: object("SignInLink", "A link to the inbox.", {
    path: { type: "string", description: "Path below the base path of the receiver." },
    expiresAt: milliseconds("End of its validity"),
  }),
  Stats: object("Stats", "The number of stored events by status, and of repeated messages.", {
    accepted: count("Events of status accepted."),
    quarantined: count("Events of status quarantined."),
    unrecognized: count("Events of status unrecognized."),
    conflicts: count("Rows of status conflict."),
    duplicates: count("Repeated messages that were not stored again."),
  }),
  Health: object("Health", "The process responds.", {
    status: { type: "string", const: "ok", description: "Always ok." },
  }),
  Readiness: object("Readiness", "The store accepts writes.", {
    status: { type: "string", const: "ready", description: "Always ready." },
  }),
  ...deliverySchemas,
  ...visitSchemas,
  ...problemSchemas,
};
