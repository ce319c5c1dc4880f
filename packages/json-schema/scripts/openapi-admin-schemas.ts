import { problemSchema, retryAfter } from "./openapi-answers.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const nullable = (type: string, description: string) => ({ type: [type, "null"], description });
const milliseconds = (description: string) => ({
  type: "number",
  description: `${description}, Unix milliseconds.`,
});
const count = (description: string) => ({ type: "integer", description });

/** The status of a stored event, as the `EventStatus` of core. */
const status = {
  type: "string",
  enum: ["accepted", "quarantined", "unrecognized", "conflict"],
  description:
    "accepted: valid for its schema. quarantined: of a known type, but not valid for its schema, or not JSON. " +
    "unrecognized: of an unknown type. conflict: the id was stored before with other bytes.",
};

const object = (title: string, description: string, properties: Record<string, object>) => ({
  type: "object",
  title,
  description,
  properties,
  required: Object.keys(properties),
});

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
  duplicates: count("How often exactly these bytes were received again."),
};

const issues = {
  type: "array",
  items: ref("Issue"),
  description: "Issues of a quarantined event; empty otherwise.",
};
const deliveries = { type: "array", items: {}, description: "Always empty in this version." };

/** The problem documents of the admin API: those of `POST /webhooks` and these of its own. */
export const problems = {
  BadRequest: {
    status: 400,
    when: "A query parameter or the Host header is invalid.",
    codes: ["invalid_query", "malformed_header"],
  },
  Unauthorized: { status: 401, when: "The admin token is missing or wrong.", codes: ["unauthorized"] },
  NotFound: { status: 404, when: "No event is stored under this id.", codes: ["not_found"] },
  Misdirected: {
    status: 421,
    when: "A loopback listener was asked under a name that could be another site's.",
    codes: ["misdirected_request"],
  },
  NotReady: { status: 503, when: "The store takes no writes at the moment.", codes: ["store_unavailable"] },
  Unavailable: { status: 503, when: "The store cannot be reached.", codes: ["store_unavailable"] },
} as const;

export const adminSchemas = {
  EventStatus: { title: "EventStatus", ...status },
  EventSummary: object("EventSummary", "A stored event without its body.", summary),
  EventPage: object("EventPage", "Stored events, newest first.", {
    events: { type: "array", items: ref("EventSummary"), description: "At most `limit` events." },
    nextCursor: nullable("string", "`cursor` of the next page; null on the last page."),
  }),
  EventDetail: object("EventDetail", "A stored event with everything that was received.", {
    ...summary,
    issues,
    signature: { type: "string", description: "The `webhook-signature` header as received." },
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
    issues,
    deliveries,
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
  ...Object.fromEntries(
    Object.entries(problems).map(([name, { status, codes }]) => [
      `${name}Problem`,
      problemSchema(`${name}Problem`, status, codes),
    ]),
  ),
};

export const adminAnswers = Object.fromEntries(
  Object.entries(problems).map(([name, { when, codes }]) => [
    name,
    {
      description: when,
      content: { "application/problem+json": { schema: ref(`${name}Problem`) } },
      ...(codes[0] === "store_unavailable" ? { headers: { "Retry-After": retryAfter } } : {}),
    },
  ]),
);
