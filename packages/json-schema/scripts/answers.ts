import type { Schema } from "./schema.ts";

/** What the receiver answers, by status, as docs/http-api.md says. */
const problems: Readonly<
  Record<string, { readonly description: string; readonly codes: readonly string[] }>
> = {
  400: {
    description: "A header is absent, empty or malformed, or the body broke off.",
    codes: ["missing_header", "malformed_header", "incomplete_body"],
  },
  401: {
    description: "Not proven genuine. Nothing in the body was read.",
    codes: ["signature_mismatch", "timestamp_too_old", "timestamp_too_new"],
  },
  408: { description: "The body took too long.", codes: ["request_timeout"] },
  413: { description: "The body is larger than the limit.", codes: ["payload_too_large"] },
  415: {
    description: "The body has a content-encoding other than identity.",
    codes: ["unsupported_content_encoding"],
  },
  422: {
    description: "The event does not fit its schema. Only where the receiver is set to reject such events.",
    codes: ["invalid_payload"],
  },
  503: {
    description: "The store takes no writes, or too much is waiting.",
    codes: ["store_unavailable", "overloaded"],
  },
};

export const answerSchemas: Readonly<Record<string, Schema>> = {
  Taken: {
    title: "Taken",
    type: "object",
    description: "The event is kept and will not be lost.",
    properties: {
      status: {
        type: "string",
        description:
          "accepted: fits its schema; duplicate: kept before; conflict: the id was kept before with other bytes; " +
          "quarantined: does not fit its schema, kept; unrecognized: of a type that is not known, kept.",
        enum: ["accepted", "duplicate", "conflict", "quarantined", "unrecognized"],
      },
      id: { type: "string", description: "The message id (webhook-id)." },
    },
    required: ["status", "id"],
    examples: [{ status: "accepted", id: "evt_01KH5HM09WTF6DOE8K2H6DG2RI" }],
  },
  Problem: {
    title: "Problem",
    type: "object",
    description: "A problem document (RFC 9457). Nothing was kept; the sender will try again.",
    properties: {
      type: { type: "string", description: "Always about:blank.", examples: ["about:blank"] },
      title: { type: "string", description: "Name of the HTTP status.", examples: ["Unauthorized"] },
      status: { type: "integer", description: "The HTTP status.", examples: [401] },
      code: {
        type: "string",
        description: "What went wrong; stable, safe to branch on.",
        examples: Object.values(problems).flatMap(({ codes }) => codes),
      },
      detail: { type: "string", description: "One sentence for the reader." },
      issues: {
        type: "array",
        description: "With invalid_payload: where the event does not fit.",
        items: { $ref: "#/components/schemas/Issue" },
      },
    },
    required: ["type", "title", "status", "code", "detail"],
  },
  Issue: {
    title: "Issue",
    type: "object",
    description: "One misfit of an event.",
    properties: {
      path: {
        type: "string",
        description: "Where it is; empty for the whole event.",
        examples: ["data.session.events[0].url"],
      },
      message: {
        type: "string",
        description: "What was expected. Never a value of the event.",
        examples: ["expected string, it is missing"],
      },
    },
    required: ["path", "message"],
  },
};

/** The `components.responses` of the OpenAPI document, by the name `answerName` gives. */
export function answerResponses(): Record<string, object> {
  const taken = {
    description: "The event is durable.",
    content: { "application/json": { schema: { $ref: "#/components/schemas/Taken" } } },
  };
  const others = Object.entries(problems).map(([status, { description, codes }]) => [
    answerName(status),
    {
      description: `${description} Codes: ${codes.join(", ")}.`,
      ...(status === "503" ? { headers: { "Retry-After": retryAfter } } : {}),
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  ]);
  return { [answerName("200")]: taken, ...Object.fromEntries(others) };
}

const retryAfter = {
  description: "Seconds to wait before the next attempt.",
  schema: { type: "integer", examples: [1] },
};

export const answerStatuses = ["200", ...Object.keys(problems)] as const;

export function answerName(status: string): string {
  return status === "200" ? "Taken" : `Problem${status}`;
}
