import { deliveryPaths, eventReplay } from "./openapi-deliveries.ts";
import { api, cursorParameter, inPath, json, operation, pageParameters, query } from "./openapi-operation.ts";
import { ref } from "./openapi-parts.ts";
import { format, jsonOrExport, key, time, visitPaths } from "./openapi-visits.ts";

const version = query("version", "The version of a conflict; 1 is the event itself.", {
  type: "integer",
  minimum: 1,
  maximum: 999_999_999,
  default: 1,
});
const id = inPath("id", "Message id: the `webhook-id` header of the event.");

/** The admin API and the health checks of a running receiver, by path and method. */
export const adminPaths = {
  "/api/events": {
    get: operation({
      operationId: "listEvents",
      summary:
        "List the stored events page by page: newest first, or oldest first with their bodies after a position.",
      tag: "admin",
      parameters: [
        query("status", "Only events of this status.", ref("EventStatus")),
        query("type", "Only events of this type.", { type: "string", minLength: 1, maxLength: 256 }),
        query("q", "A message id, or the beginning of one.", { type: "string", maxLength: 256 }),
        time("from", "Only events received at this time or later"),
        time("to", "Only events received before this time"),
        key("person", "Only events of the person with this key. Not together with `after`."),
        key("company", "Only events of the company with this key. Not together with `after`."),
        ...pageParameters("events"),
        cursorParameter(" Not together with `after`."),
        query(
          "after",
          "Reads the event log forward, with bodies: `position` of the page before, or empty to read from the first event.",
          { type: "string", maxLength: 512 },
        ),
        format,
      ],
      success: jsonOrExport("A page of events, or all of them as an export.", "EventPage"),
      failures: ["NotFound", ...api],
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
  "/api/events/{id}/headers": {
    parameters: [id],
    get: operation({
      operationId: "getEventHeaders",
      summary: "Get the three signed headers that were received with the event.",
      tag: "admin",
      parameters: [version],
      success: json("The headers.", "EventHeaders"),
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
  "/api/events/{id}/replay": { parameters: [id], post: eventReplay },
  ...deliveryPaths,
  ...visitPaths,
  "/api/sign-in-links": {
    post: operation({
      operationId: "createSignInLink",
      summary: "Create a link to the inbox that works once, within 15 minutes.",
      tag: "admin",
      success: json("The link.", "SignInLink"),
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
