import { ConfigurationError } from "../errors.js";

/** A body exactly as received. Never a parsed object: re-encoding it would change the signed bytes. */
export type RawBody = string | Uint8Array | ArrayBuffer;

/**
 * Returns a raw body as text or bytes of this realm.
 * @throws ConfigurationError `invalid_option` for anything that is not a raw body
 */
export function rawBody(body: RawBody): string | Uint8Array {
  const raw = textOrBytes(body);
  if (raw !== undefined) return raw;
  throw new ConfigurationError(
    "invalid_option",
    `The body must be the raw body (string, Uint8Array or ArrayBuffer) as received. ${bodyProblem(body)}`,
  );
}

function bodyProblem(body: unknown): string {
  if (body === undefined || body === null) return `It is ${String(body)}`;
  const { then, getReader, pipe, arrayBuffer } = body as Readonly<Record<string, unknown>>;
  if (typeof then === "function") return "It is a promise: await it first";
  if (typeof getReader === "function" || typeof pipe === "function")
    return "It is a stream: read it to its end first";
  if (typeof arrayBuffer === "function")
    return `It is a ${tagOf(body).slice(8, -1)}: pass the result of await arrayBuffer() on it`;
  return "A parsed object cannot be verified: read the body before any JSON parser does";
}

/**
 * Returns text as it is, and a Uint8Array or ArrayBuffer of any realm as a Uint8Array of this one; undefined for any other
 * value. Test environments such as jsdom and node:vm give every realm its own classes, so that instanceof fails.
 */
export function textOrBytes(value: unknown): string | Uint8Array | undefined {
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  const tag = tagOf(value);
  if (tag === "[object ArrayBuffer]") return new Uint8Array(value as ArrayBuffer);
  if (tag !== "[object Uint8Array]" || !ArrayBuffer.isView(value)) return undefined;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** Names the class of a value, whichever realm it comes from. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

/**
 * Checks that options are an object.
 * @param usage how the function is called
 * @throws ConfigurationError `invalid_option`
 */
export function checkOptions(options: unknown, usage: string): void {
  if (typeof options !== "object" || options === null)
    throw new ConfigurationError("invalid_option", `The options are missing: call ${usage}`);
}

/**
 * Checks that headers without a signature are a headers object, so that a programming error is not reported as the sender's.
 * @param wrong a header of a message whose value is neither a text nor an array of texts
 * @throws ConfigurationError `invalid_option` with what to pass
 */
export function checkHeaders(headers: unknown, wrong: { name: string; type: string } | undefined): void {
  const problem =
    headersProblem(headers) ??
    (wrong && `have a value of type ${wrong.type} for ${wrong.name}, not a text or an array of texts`);
  if (problem === undefined) return;
  throw new ConfigurationError(
    "invalid_option",
    `headers ${problem}. Pass the headers of the request: Headers, a Map or a plain object, such as request.headers`,
  );
}

function headersProblem(headers: unknown): string | undefined {
  if (headers === undefined || headers === null) return "are missing";
  if (Array.isArray(headers)) return "must not be an array";
  if (typeof headers !== "object") return `must not be a ${typeof headers}`;
  const { headers: inner, then, get } = headers as Readonly<Record<string, unknown>>;
  if (typeof then === "function") return "are a promise: await it";
  if (typeof inner === "object" && inner !== null) return "must not be the whole request";
  if (Symbol.iterator in headers && typeof get !== "function")
    return "must not be an iterator, such as the result of entries()";
  return undefined;
}

/** The current time: Unix milliseconds, a Date, or a function that returns either. */
export type Now = number | Date | (() => number | Date);

/** Returns `now` in Unix milliseconds; by default the system clock. */
export function milliseconds(now: Now | undefined): number {
  const value = typeof now === "function" ? now() : (now ?? Date.now());
  const ms = timeOf(value);
  if (Number.isFinite(ms)) return ms;
  throw new ConfigurationError("invalid_option", "now must be a time in Unix milliseconds or a valid Date");
}

/** Returns the milliseconds of a number or a Date of any realm; NaN for anything else. */
export function timeOf(value: number | Date): number {
  if (typeof value === "number") return value;
  return tagOf(value) === "[object Date]" ? value.getTime() : Number.NaN;
}
