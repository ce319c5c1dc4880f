/** Headers that the driver or the HTTP client sets. */
const reserved = new Set([
  "accept-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const reservedPrefix = /^(?:webhook-|svix-|sessionhook-|proxy-)/;
/** RFC 9110 section 5.6.2. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
/** RFC 9110 section 5.5, without obs-text. */
const value = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;

export interface HeaderProblem {
  /** Empty if the problem is not one of a single header. */
  readonly name: string;
  /** Does not contain the value. */
  readonly message: string;
}

/** Returns every problem of the headers. */
export function headersProblems(headers: Readonly<Record<string, string>>): readonly HeaderProblem[] {
  const names = Object.keys(headers);
  if (names.length > 50) return [{ name: "", message: "must be at most 50" }];
  const lower = names.map((name) => name.toLowerCase());
  return Object.entries(headers).flatMap(([name, text], i) => {
    const message = headerProblem(name, text, lower.indexOf(name.toLowerCase()) < i);
    return message === undefined ? [] : [{ name, message }];
  });
}

function headerProblem(name: string, text: string, again: boolean): string | undefined {
  const lower = name.toLowerCase();
  if (!token.test(name)) return "is not a valid header name";
  if (reserved.has(lower) || reservedPrefix.test(lower)) return "is set by Sessionhook";
  if (again) return "must not be there twice, in another case";
  if (text.length > 8192 || !value.test(text))
    return "must be 1 to 8192 visible ASCII characters, without line breaks";
  return undefined;
}
