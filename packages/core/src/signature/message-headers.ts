import { maxIdLength } from "../limits.js";
import { SignatureError } from "../errors.js";
import { checkHeaders, tagOf } from "./arguments.js";

/** The headers of a request, in any of the usual forms and in any case. */
export type HeadersLike =
  | { get(name: string): string | null | undefined; has(name: string): boolean }
  | ReadonlyMap<string, string>
  | { readonly [name: string]: string | readonly string[] | undefined };

/** The three headers of a message: well-formed, but not yet verified. */
export interface MessageHeaders {
  /** Message id: at most 256 visible ASCII characters without a dot. */
  readonly id: string;
  /** Attempt timestamp in Unix seconds. */
  readonly timestamp: number;
  /** The signature header as received. */
  readonly signature: string;
}

const families = [
  ["webhook-id", "webhook-timestamp", "webhook-signature"],
  ["svix-id", "svix-timestamp", "svix-signature"],
] as const;

type HeaderName = (typeof families)[number][number];
const names: ReadonlySet<string> = new Set<HeaderName>(families.flat());
/** The length rules out most headers of a request without converting their names to lower case. */
const lengths: ReadonlySet<number> = new Set(Array.from(names, (name) => name.length));

function hasGetter(headers: object): headers is { get(name: string): unknown } {
  return "get" in headers && typeof headers.get === "function";
}

/** Checks the tag, so that a Map of another realm is recognized. */
function isMap(headers: object): headers is ReadonlyMap<unknown, unknown> {
  return headers instanceof Map || tagOf(headers) === "[object Map]";
}

interface Collected {
  readonly found: ReadonlyMap<string, readonly string[]>;
  /** The first value that is neither a text nor an array of texts: it counts as empty. */
  readonly wrong: { readonly name: string; readonly type: string } | undefined;
}

/** Collects the values of the six names from any kind of headers; several values of one name remain separate. */
function collect(headers: HeadersLike): Collected {
  const found = new Map<string, readonly string[]>();
  let wrong: Collected["wrong"];
  const add = (name: string, value: unknown) => {
    if (!lengths.has(name.length)) return;
    const key = name.toLowerCase();
    if (!names.has(key) || value == null) return;
    const values = (Array.isArray(value) ? value : [value]).map((item: unknown) => {
      if (typeof item === "string") return item;
      // A timestamp as a number, which the npm package `standardwebhooks` accepts too.
      if (typeof item === "number") return String(item);
      if (item != null) wrong ??= { name: key, type: typeof item };
      return "";
    });
    const before = found.get(key);
    // The same value under two spellings of a name adds nothing.
    found.set(key, before === undefined ? values : [...new Set([...before, ...values])]);
  };
  if (typeof headers !== "object" || headers === null) return { found, wrong };
  if (hasGetter(headers)) {
    if (isMap(headers)) for (const [name, value] of headers) add(String(name), value);
    else for (const name of names) add(name, headers.get(name));
  } else for (const name of Object.keys(headers)) add(name, (headers as Record<string, unknown>)[name]);
  return { found, wrong };
}

/**
 * Reads `webhook-id`, `webhook-timestamp` and `webhook-signature`, or the older `svix-` names if one of the
 * three is missing.
 * @throws SignatureError `missing_header` (absent or empty), `malformed_header`
 * @throws ConfigurationError `invalid_option` for something that is not headers
 */
export function readMessageHeaders(headers: HeadersLike): MessageHeaders {
  const { found, wrong } = collect(headers);
  const has = (name: string) => found.get(name)?.some((value) => value !== "") === true;
  const family =
    families.find((family) => family.every(has)) ??
    families.find((family) => family.some(has)) ??
    families[0];
  const missing = family.find((name) => !has(name));
  if (missing !== undefined) {
    checkHeaders(headers, wrong);
    throw new SignatureError("missing_header", `The header ${missing} is missing or empty`);
  }
  const [idName, timestampName, signatureName] = family;
  const id = single(found, idName);
  checkId(id, idName);
  return {
    id,
    timestamp: readTimestamp(single(found, timestampName), timestampName),
    signature: (found.get(signatureName) ?? []).join(" "),
  };
}

function single(found: ReadonlyMap<string, readonly string[]>, name: string): string {
  const [value, ...others] = found.get(name) ?? [];
  // Several header lines reach us joined by a comma and a space (RFC 9110 section 5.3).
  if (value === undefined || others.length > 0 || value.includes(", ")) {
    throw new SignatureError("malformed_header", `The header ${name} occurs more than once`);
  }
  return value;
}

/**
 * Returns the entries of a signature header, which spaces separate. Several header lines of that name reach us joined by a
 * comma and a space (RFC 9110 section 5.3), or by a comma alone (HTTP APIs of API Gateway): then a version follows.
 */
export function signatureEntries(header: string): string[] {
  return header.split(/, |,v[0-9]/.test(header) ? /,? |,(?=v[0-9]+[a-z]*,)/ : " ");
}

/** A dot in the id would let one signature stand for two (id, timestamp) pairs. */
function checkId(id: string, name: string): void {
  const problem = idProblem(id);
  if (problem !== undefined) throw new SignatureError("malformed_header", `The header ${name} ${problem}`);
}

/** Returns the problem of a message id; undefined if it is valid. */
export function idProblem(id: string): string | undefined {
  if (id.length > maxIdLength) return `is longer than ${maxIdLength} characters`;
  if (!/^[\x21-\x2d\x2f-\x7e]+$/.test(id))
    return "contains a dot, a space or something other than visible ASCII";
  return undefined;
}

function readTimestamp(text: string, name: string): number {
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(text)) {
    throw new SignatureError("malformed_header", `The header ${name} is not a plain integer of Unix seconds`);
  }
  return Number(text);
}
