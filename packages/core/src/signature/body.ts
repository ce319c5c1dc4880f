import { ConfigurationError } from "../errors.js";

/** A body exactly as received. Never a parsed object: re-encoding it would change the signed bytes. */
export type RawBody = string | Uint8Array | ArrayBuffer;

/** @throws ConfigurationError `invalid_option` for anything that is not a raw body */
export function rawBody(body: RawBody): string | Uint8Array {
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  // By tag, not instanceof: an ArrayBuffer of another realm is one too.
  const tag = Object.prototype.toString.call(body);
  if (tag === "[object ArrayBuffer]") return new Uint8Array(body);
  if (tag === "[object Uint8Array]") return body as unknown as Uint8Array;
  throw new ConfigurationError(
    "invalid_option",
    "The body must be the raw body (string, Uint8Array or ArrayBuffer) as received. " +
      "A parsed object cannot be verified: read the body before any JSON parser does",
  );
}
