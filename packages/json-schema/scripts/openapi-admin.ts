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
const problems = {
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

const json = (description: string, schema: string) => ({
  description,
  content: { "application/json": { schema: ref(schema) } },
});

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

const query = (name: string, description: string, schema: object) => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
});
const version = query("version", "The version of a conflict; 1 is the event itself.", {
  type: "integer",
  minimum: 1,
  default: 1,
});
const id = {
  name: "id",
  in: "path",
  required: true,
  description: "Message id: the `webhook-id` header of the event.",
  schema: { type: "string" },
};

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tag: "admin" | "health";
  readonly parameters?: readonly object[];
  readonly success: object;
  /** Responses with a problem document, by name. */
  readonly failures: readonly (keyof typeof problems)[];
}

const answer = (name: string) => ({ $ref: `#/components/responses/${name}` });

function operation({ operationId, summary, tag, parameters, success, failures }: Operation) {
  const token = failures.includes("Unauthorized");
  return {
    operationId,
    summary,
    tags: [tag],
    security: token ? [{ adminToken: [] }] : [],
    ...(parameters === undefined ? {} : { parameters }),
    responses: {
      200: success,
      ...Object.fromEntries(failures.map((name) => [problems[name].status, answer(name)])),
      500: answer("500"),
    },
  };
}

const api = ["BadRequest", "Unauthorized", "Misdirected", "Unavailable"] as const;

/** The admin API and the health checks of a running receiver, by path and method. */
export const adminPaths = {
  "/api/events": {
    get: operation({
      operationId: "listEvents",
      summary: "List the stored events, newest first, page by page.",
      tag: "admin",
      parameters: [
        query("status", "Only events of this status.", ref("EventStatus")),
        query("type", "Only events of this type.", { type: "string", minLength: 1, maxLength: 256 }),
        query("q", "A message id, or the beginning of one.", { type: "string", maxLength: 256 }),
        query("limit", "Number of events on a page.", {
          type: "integer",
          minimum: 1,
          maximum: 500,
          default: 50,
        }),
        query("cursor", "`nextCursor` of the page before.", { type: "string", minLength: 1, maxLength: 512 }),
      ],
      success: json("A page of events.", "EventPage"),
      failures: api,
    }),
  },
  "/api/events/{id}": {
    parameters: [id],
    get: operation({
      operationId: "getEvent",
      summary: "Get a stored event with its payload.",
      tag: "admin",
      parameters: [version],
      success: json("The event.", "EventDetail"),
      failures: ["NotFound", ...api],
    }),
  },
  "/api/events/{id}/raw": {
    parameters: [id],
    get: operation({
      operationId: "getRawEvent",
      summary: "Get the exact bytes that were received.",
      tag: "admin",
      parameters: [version],
      success: {
        description: "The body as received.",
        content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
      },
      failures: ["NotFound", ...api],
    }),
  },
  "/api/events/{id}/recheck": {
    parameters: [id],
    post: operation({
      operationId: "recheckEvent",
      summary: "Check a stored event again with the schemas of this version.",
      tag: "admin",
      success: json("The new status.", "RecheckResult"),
      failures: ["NotFound", ...api],
    }),
  },
  "/api/stats": {
    get: operation({
      operationId: "getStats",
      summary: "Count the stored events by status.",
      tag: "admin",
      success: json("The counts.", "Stats"),
      failures: api,
    }),
  },
  "/healthz": {
    get: operation({
      operationId: "getHealth",
      summary: "Check that the process responds.",
      tag: "health",
      success: json("It responds.", "Health"),
      failures: ["BadRequest"],
    }),
  },
  "/readyz": {
    get: operation({
      operationId: "getReadiness",
      summary: "Check that the store accepts writes.",
      tag: "health",
      success: json("It accepts writes.", "Readiness"),
      failures: ["BadRequest", "NotReady"],
    }),
  },
  "/metrics": {
    get: operation({
      operationId: "getMetrics",
      summary: "Get metrics in the text format of Prometheus.",
      tag: "health",
      success: {
        description: "The metrics.",
        content: { "text/plain": { schema: { type: "string" } } },
      },
      failures: ["BadRequest", "Unauthorized", "Misdirected"],
    }),
  },
};

export const adminTokenScheme = {
  type: "http",
  scheme: "bearer",
  description:
    "The admin token. `GET /metrics` needs none from the machine itself, by a loopback name of a loopback listener and through no proxy.",
} as const;
