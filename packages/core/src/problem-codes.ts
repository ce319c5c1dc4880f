/** Every code a problem document can carry, with its HTTP status. */
export const problemStatus = {
  missing_header: 400,
  malformed_header: 400,
  incomplete_body: 400,
  invalid_query: 400,
  invalid_body: 400,
  signature_mismatch: 401,
  timestamp_too_old: 401,
  timestamp_too_new: 401,
  unauthorized: 401,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  payload_too_large: 413,
  unsupported_content_encoding: 415,
  unsupported_media_type: 415,
  misdirected_request: 421,
  invalid_payload: 422,
  handler_failed: 500,
  internal_error: 500,
  misconfigured: 500,
  overloaded: 503,
  store_unavailable: 503,
} as const satisfies Record<string, number>;

/** Seconds after which a sender may try again, for the codes of a temporary state: the value of Retry-After. */
export const retryAfterSeconds = {
  overloaded: 1,
  store_unavailable: 5,
} as const satisfies Partial<Record<keyof typeof problemStatus, number>>;

export type ProblemCode = keyof typeof problemStatus;
