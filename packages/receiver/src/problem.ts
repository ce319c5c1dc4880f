import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** Every code a problem document can carry, with its HTTP status. */
export const problemStatus = {
  malformed_request: 400,
  missing_header: 400,
  malformed_header: 400,
  incomplete_body: 400,
  invalid_query: 400,
  signature_mismatch: 401,
  timestamp_too_old: 401,
  timestamp_too_new: 401,
  unauthorized: 401,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  payload_too_large: 413,
  unsupported_content_encoding: 415,
  invalid_payload: 422,
  handler_failed: 500,
  internal_error: 500,
  misconfigured: 500,
  overloaded: 503,
  store_unavailable: 503,
} as const satisfies Record<string, ContentfulStatusCode>;

export type ProblemCode = keyof typeof problemStatus;

/**
 * An `application/problem+json` answer (RFC 9457) with a stable `code`.
 * @param detail one sentence for the reader; no secret, no payload value
 * @param extra further members, such as `issues`
 */
export function problem(
  c: Context,
  code: ProblemCode,
  detail: string,
  extra: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  return c.body(problemBody(code, detail, extra), problemStatus[code], { ...problemHeaders, ...headers });
}

/** An HTTP answer, as plain data. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The same answer as plain data. */
export function problemAnswer(
  code: ProblemCode,
  detail: string,
  extra: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Answer {
  return {
    status: problemStatus[code],
    headers: { ...problemHeaders, ...headers },
    body: problemBody(code, detail, extra),
  };
}

/** The same answer where there is no Hono context. */
export function problemResponse(
  code: ProblemCode,
  detail: string,
  extra: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  return new Response(problemBody(code, detail, extra), {
    status: problemStatus[code],
    headers: { ...problemHeaders, ...headers },
  });
}

const problemHeaders = { "content-type": "application/problem+json", "cache-control": "no-store" };

function problemBody(code: ProblemCode, detail: string, extra: Record<string, unknown>): string {
  const status = problemStatus[code];
  return JSON.stringify({ type: "about:blank", title: titles[status], status, code, detail, ...extra });
}

const titles: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  500: "Internal Server Error",
  503: "Service Unavailable",
};
