import { ConfigurationError, SignatureError, StoreError } from "@sessionhook/core";
import type { HttpAnswer } from "./http-answer.js";
import { type ProblemCode, problemStatus, retryAfterSeconds } from "@sessionhook/core/problem-codes";
import { ReceiveError } from "../receive-error.js";

const titles: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  421: "Misdirected Request",
  422: "Unprocessable Content",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** Returns the problem code of an error: `internal_error` for an unexpected one. */
export function problemCodeOf(error: unknown): ProblemCode {
  if (ReceiveError.isInstance(error) || SignatureError.isInstance(error)) return error.code;
  if (StoreError.isInstance(error))
    return error.code === "invalid_cursor" ? "invalid_query" : "store_unavailable";
  return ConfigurationError.isInstance(error) ? "misconfigured" : "internal_error";
}

/**
 * Converts an error to an `application/problem+json` response (RFC 9457) with a stable `code`. It omits the message of
 * an unexpected error.
 */
export function problemOf(error: unknown): HttpAnswer {
  const code = problemCodeOf(error);
  const status = problemStatus[code];
  const { issues, headers } = ReceiveError.isInstance(error) ? error : {};
  const after = (retryAfterSeconds as Partial<Record<ProblemCode, number>>)[code];
  const problem = { type: "about:blank", title: titles[status], status, code, detail: detailOf(error, code) };
  return {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(after === undefined ? {} : { "retry-after": String(after) }),
      // RFC 9110, section 15.5.9: close the connection of a sender that stalls.
      ...(status === 408 ? { connection: "close" } : {}),
      ...headers,
    },
    body: JSON.stringify(issues === undefined ? problem : { ...problem, ...issues }),
  };
}

function detailOf(error: unknown, code: ProblemCode): string {
  if (code === "internal_error" && !ReceiveError.isInstance(error))
    return "Something went wrong here; the event, if any, was not acknowledged";
  // The sender must not learn the problem of a secret.
  if (ConfigurationError.isInstance(error) && error.code === "invalid_secret")
    return "The signing secrets are not usable";
  return (error as Error).message;
}
