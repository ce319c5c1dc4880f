import type { LambdaEvent } from "hono/aws-lambda";

/** Headers and path of the events, of which each has only some. */
interface EventParts {
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly rawPath?: string;
  readonly requestContext?: { readonly stage?: string };
}

/** The event of an HTTP API without the name of the stage, which API Gateway puts before the path. */
export function withoutStage(event: LambdaEvent): LambdaEvent {
  const { rawPath, requestContext } = event as EventParts;
  const prefix = `/${requestContext?.stage ?? ""}/`;
  if (rawPath === undefined || !rawPath.startsWith(prefix)) return event;
  return { ...event, rawPath: rawPath.slice(prefix.length - 1) } as LambdaEvent;
}

/**
 * Puts back the headers that hono's adapter changes, in place: it percent-encodes what is not ASCII and
 * joins repeated headers of a load balancer by semicolons. What was signed must be looked at as it was sent.
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

/** Text as HTTP carries it: one character a byte. */
function byteString(text: string): string {
  return /[^\0-\xff]/.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}
