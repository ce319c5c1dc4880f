const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const problem = (description: string, schema: string) => ({
  description,
  content: { "application/problem+json": { schema: ref(schema) } },
});

const retryAfter = {
  description: "After how many seconds to try again.",
  required: true,
  schema: { type: "integer", minimum: 0 },
};

const problems = {
  400: {
    when: "A header is absent, empty or malformed, or the body broke off.",
    codes: ["missing_header", "malformed_header", "incomplete_body"],
  },
  401: {
    when: "Not proven genuine. Nothing in the body was read or logged.",
    codes: ["signature_mismatch", "timestamp_too_old", "timestamp_too_new"],
  },
  408: { when: "The body took too long.", codes: ["request_timeout"] },
  413: { when: "The body is larger than the receiver takes.", codes: ["payload_too_large"] },
  415: {
    when: "A content-encoding other than identity: the signature covers the bytes as they are.",
    codes: ["unsupported_content_encoding"],
  },
  422: {
    when: "Genuine, but it does not fit its schema, and the receiver is set to reject such events. Not kept.",
    codes: ["invalid_payload"],
  },
  500: {
    when: "An unforeseen error; on Cloudflare Workers also a bad or missing setting. Nothing was acknowledged.",
    codes: ["internal_error", "misconfigured"],
  },
  503: {
    when: "Nothing was acknowledged: the store takes no writes, or too much is waiting.",
    codes: ["store_unavailable", "overloaded"],
  },
} as const;

/** What a receiver answers, by HTTP status. */
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
  description: "One misfit between a payload and its schema. Never contains a value of the payload.",
  properties: {
    path: { type: "string", description: "Where; empty for the whole body.", examples: ["data.session.pid"] },
    message: {
      type: "string",
      description: "What was expected there, and which JSON type was found.",
      examples: ["expected string, found null"],
    },
  },
  required: ["path", "message"],
};

const base = {
  type: "object",
  title: "Problem",
  description: "A problem document (RFC 9457) with a stable code.",
  properties: {
    type: {
      type: "string",
      description: "Always about:blank: the code tells the kind.",
      examples: ["about:blank"],
    },
    title: { type: "string", description: "The phrase of the HTTP status." },
    status: { type: "integer", description: "The HTTP status." },
    code: { type: "string", description: "Stable name of the reason; safe to branch on." },
    detail: { type: "string", description: "One sentence for the reader." },
  },
  required: ["type", "title", "status", "code", "detail"],
};

const acknowledgement = {
  type: "object",
  title: "Acknowledgement",
  description: "What the receiver made of the event.",
  properties: {
    status: {
      type: "string",
      enum: ["accepted", "duplicate", "conflict", "quarantined", "unrecognized"],
      description:
        "accepted: fits its schema. duplicate: the same id and bytes were kept before. conflict: the id was kept before " +
        "with other bytes. quarantined: does not fit, kept all the same. unrecognized: of an unknown type, kept.",
    },
    id: { type: "string", description: "The `webhook-id` header." },
  },
  required: ["status", "id"],
};

/** A problem document, its status and codes named. */
function problemSchema(status: string, codes: readonly string[]) {
  const properties = {
    status: { const: Number(status), description: base.properties.status.description },
    code: { enum: codes, description: base.properties.code.description },
    ...(codes.includes("invalid_payload")
      ? { issues: { type: "array", items: ref("Issue"), description: "The misfits, at most 100." } }
      : {}),
  };
  return { title: `Problem${status}`, allOf: [ref("Problem")], properties };
}

export const answerSchemas = {
  Acknowledgement: acknowledgement,
  Issue: issue,
  Problem: base,
  ...Object.fromEntries(
    Object.entries(problems).map(([status, { codes }]) => [`Problem${status}`, problemSchema(status, codes)]),
  ),
};
