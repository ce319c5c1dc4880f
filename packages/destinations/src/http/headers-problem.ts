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

/** Returns the name of the first invalid header and the problem, without its value. */
export function headersProblem(
  headers: Readonly<Record<string, string>>,
): { readonly name: string; readonly message: string } | undefined {
  const names = Object.keys(headers);
  if (names.length > 50) return { name: "", message: "must be at most 50" };
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length)
    return { name: "", message: "must not contain a name twice" };
  for (const [name, text] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!token.test(name)) return { name, message: "is not a valid header name" };
    if (reserved.has(lower) || reservedPrefix.test(lower)) return { name, message: "is set by Sessionhook" };
    if (text.length > 8192 || !value.test(text))
      return { name, message: "must be 1 to 8192 visible ASCII characters, without line breaks" };
  }
  return undefined;
}
