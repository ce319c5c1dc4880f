import { problemSchema, retryAfter } from "./openapi-answers.ts";
import { ref } from "./openapi-parts.ts";

/** The problem documents of the admin API: those of `POST /webhooks` and its further ones. */
export const problems = {
  BadRequest: {
    status: 400,
    when: "A query parameter or the Host header is invalid.",
    codes: ["invalid_query", "malformed_header"],
  },
  BadBody: {
    status: 400,
    when: "The body is not JSON or not valid, there is a query parameter, or the Host header is invalid.",
    codes: ["invalid_body", "incomplete_body", "invalid_query", "malformed_header"],
  },
  Unauthorized: { status: 401, when: "The admin token is missing or wrong.", codes: ["unauthorized"] },
  NotFound: {
    status: 404,
    when: "Nothing has this id or name, or this server does not deliver events or derive sessions.",
    codes: ["not_found"],
  },
  SlowBody: { status: 408, when: "The body did not arrive in time.", codes: ["request_timeout"] },
  LargeBody: { status: 413, when: "The body has more than 64 KiB.", codes: ["payload_too_large"] },
  OtherMediaType: {
    status: 415,
    when: "The content-type is not application/json, or the body has a content-encoding.",
    codes: ["unsupported_media_type", "unsupported_content_encoding"],
  },
  Misdirected: {
    status: 421,
    when: "A loopback listener was asked under a name that could be another site's.",
    codes: ["misdirected_request"],
  },
  NotReady: {
    status: 503,
    when: "The store does not accept writes at the moment.",
    codes: ["store_unavailable"],
  },
  Unavailable: { status: 503, when: "The store cannot be reached.", codes: ["store_unavailable"] },
  Busy: {
    status: 503,
    when: "The store cannot be reached, or too many requests are under way.",
    codes: ["store_unavailable", "overloaded"],
  },
} as const;

export const problemSchemas = Object.fromEntries(
  Object.entries(problems).map(([name, { status, codes }]) => [
    `${name}Problem`,
    problemSchema(`${name}Problem`, status, codes),
  ]),
);

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
