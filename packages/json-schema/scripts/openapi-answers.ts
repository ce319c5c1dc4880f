import { maxIssues } from "@sessionhook/core/limits";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const problem = (description: string, schema: string) => ({
  description,
  content: { "application/problem+json": { schema: ref(schema) } },
});

export const retryAfter = {
  description: "Seconds to wait before the next attempt.",
  required: true,
  schema: { type: "integer", minimum: 0 },
};

const problems = {
  400: {
    when: "A header is missing, empty or malformed, or the body is incomplete.",
    codes: ["missing_header", "malformed_header", "incomplete_body"],
  },
  401: {
    when: "Verification failed. The receiver did not parse or log the body.",
    codes: ["signature_mismatch", "timestamp_too_old", "timestamp_too_new"],
  },
  408: { when: "The body did not arrive in time.", codes: ["request_timeout"] },
  413: { when: "The body exceeds the size limit of the receiver.", codes: ["payload_too_large"] },
  415: {
    when: "The content-encoding names a content coding: the signature covers the bytes without encoding.",
    codes: ["unsupported_content_encoding"],
  },
  422: {
    when: "The event is verified but not valid for its schema, and the receiver is configured to reject such events. Not stored.",
    codes: ["invalid_payload"],
  },
  500: {
    when: "An unexpected error; on Cloudflare Workers also an invalid or missing setting. Nothing was acknowledged.",
    codes: ["internal_error", "misconfigured"],
  },
  503: {
    when: "Nothing was acknowledged: the store does not accept writes, or too many messages are waiting.",
    codes: ["store_unavailable", "overloaded"],
  },
} as const;

/** The responses of a receiver by HTTP status. */
export const answers = {
  200: {
    description: "The event is durable. Do not send it again.",
    content: { "application/json": { schema: ref("Acknowledgement") } },
  },
  ...Object.fromEntries(
    Object.entries(problems).map(([status, { when }]) => [
      status,
      {
        ...problem(when, `Problem${status}`),
        ...(status === "503" ? { headers: { "Retry-After": retryAfter } } : {}),
      },
    ]),
  ),
};

const issue = {
  type: "object",
  title: "Issue",
  description: "One place where a payload does not match its schema. Never contains a value of the payload.",
  properties: {
    path: {
      type: "string",
      description: "Path in the payload; empty for the whole body.",
      examples: ["data.session.pid"],
    },
    message: {
      type: "string",
      description: "The expected value and the JSON type that was found.",
      examples: ["expected string, found null"],
    },
  },
  required: ["path", "message"],
};

/** A problem document with any code. */
const base = {
  type: "object",
  title: "Problem",
  description: "A problem document (RFC 9457) with a stable code.",
  properties: {
    type: {
      type: "string",
      description: "Always about:blank; see the code.",
      examples: ["about:blank"],
    },
    title: { type: "string", description: "The phrase of the HTTP status." },
    status: { type: "integer", description: "The HTTP status." },
    code: { type: "string", description: "Stable name of the reason, for use in programs." },
    detail: { type: "string", description: "The reason in one sentence, for people." },
  },
  required: ["type", "title", "status", "code", "detail"],
};

const acknowledgement = {
  type: "object",
  title: "Acknowledgement",
  description: "The result of receiving the event.",
  properties: {
    status: {
      type: "string",
      enum: ["accepted", "duplicate", "conflict", "quarantined", "unrecognized"],
      description:
        "accepted: stored, valid for its schema. duplicate: the same id and bytes were stored before. conflict: stored, but " +
        "the id was stored before with other bytes. quarantined: stored, but not valid for its schema. unrecognized: stored, " +
        "of an unknown type.",
    },
    id: { type: "string", description: "The `webhook-id` header." },
  },
  required: ["status", "id"],
};

/**
 * Returns the schema of a problem document with this status and these codes. It repeats the properties of `Problem` instead
 * of extending it with `allOf`: from `allOf`, openapi-generator writes Go that does not compile.
 */
export function problemSchema(title: string, status: number, codes: readonly string[]) {
  return {
    ...base,
    title,
    properties: {
      ...base.properties,
      status: { ...base.properties.status, const: status },
      code: { ...base.properties.code, enum: codes },
      ...(codes.includes("invalid_payload")
        ? {
            issues: {
              type: "array",
              items: ref("Issue"),
              description: `The first issues, at most ${maxIssues}.`,
            },
            total: {
              type: "integer",
              minimum: 1,
              description: "Number of issues of the event, listed or not.",
            },
            exact: {
              type: "boolean",
              description: "False if counting stopped at a limit: the event has more than `total` issues.",
            },
          }
        : {}),
    },
  };
}

export const answerSchemas = {
  Acknowledgement: acknowledgement,
  Issue: issue,
  ...Object.fromEntries(
    Object.entries(problems).map(([status, { codes }]) => [
      `Problem${status}`,
      problemSchema(`Problem${status}`, Number(status), codes),
    ]),
  ),
};
