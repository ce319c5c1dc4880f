import { harmless, harmlessLines } from "./shell.js";

/** Returns the reason why a request got no response, as a short code such as ECONNREFUSED. */
export function networkReason(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === "string") return code;
    const [first] = at instanceof AggregateError ? (at.errors as unknown[]) : [];
    if (first instanceof Error && typeof (first as NodeJS.ErrnoException).code === "string") {
      return (first as NodeJS.ErrnoException).code as string;
    }
    if (at.name === "TimeoutError") return "TIMEOUT";
    // fetch reports this for ports that browsers do not connect to, such as 6000.
    if (at.message === "bad port") return "BAD_PORT";
  }
  return "NETWORK";
}

/** Returns up to 64 KiB of a response as text; the rest is not read. */
export async function limitedText(response: Response): Promise<string> {
  if (response.body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    if ((size += chunk.length) > 65_536) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Returns the fields of a JSON object; none for any other text. */
export function jsonFields(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Returns a value of a response if it is a stable code. */
export function codeOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z][a-z0-9_]{0,63}$/.test(value) ? value : undefined;
}

/** Returns the detail of a problem document, made safe for a terminal; empty if it has none. */
export function problemText(fields: Record<string, unknown>): string {
  return harmless(problemLines(fields));
}

/** Returns the same with its line ends: below a wrong filter stands a caret. */
export function problemLines(fields: Record<string, unknown>): string {
  const text = [fields["detail"], fields["title"]].find((part) => typeof part === "string");
  return harmlessLines((text as string | undefined) ?? "").slice(0, 400);
}
