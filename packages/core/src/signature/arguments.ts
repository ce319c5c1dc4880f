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

/** The present: Unix milliseconds, a Date, or a function that gives either. */
export type Now = number | Date | (() => number | Date);

/** Unix milliseconds of `now`; the system clock where none is given. */
export function milliseconds(now: Now | undefined): number {
  const value = typeof now === "function" ? now() : (now ?? Date.now());
  const ms = timeOf(value);
  if (Number.isFinite(ms)) return ms;
  throw new ConfigurationError("invalid_option", "now must be a time in Unix milliseconds or a valid Date");
}

/** What a number or a Date, of any realm, says; NaN for anything else. */
export function timeOf(value: number | Date): number {
  if (typeof value === "number") return value;
  return Object.prototype.toString.call(value) === "[object Date]" ? value.getTime() : Number.NaN;
}
