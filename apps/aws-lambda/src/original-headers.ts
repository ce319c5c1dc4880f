import type { LambdaEvent } from "hono/aws-lambda";

/** The header fields of all event formats; each format has some of them. */
interface EventParts {
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
}

/**
 * Restores the original headers in place. hono's adapter percent-encodes characters outside ASCII and joins repeated
 * headers of a load balancer with semicolons, but verification needs the headers as received.
 */
export function restoreHeaders(headers: Headers, event: LambdaEvent): void {
  const { multiValueHeaders, headers: single } = event as EventParts;
  const given = Object.entries<string | readonly string[] | undefined>(multiValueHeaders ?? single ?? {});
  for (const [name, value] of given) {
    const values = typeof value === "string" ? [value] : (value ?? []);
    const changed = values.length > 1 || values.some((text) => /[^\0-\x7f]/.test(text));
    if (!changed || name.toLowerCase() === "cookie") continue;
    headers.delete(name);
    for (const text of values) headers.append(name, byteString(text));
  }
}

/** Converts a text to the form of HTTP headers: one character per byte. */
function byteString(text: string): string {
  return /[^\0-\xff]/.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}
