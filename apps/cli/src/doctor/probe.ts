import { jsonFields, limitedText } from "../http.js";
import { apiUrl } from "../server-address.js";
import type { Shell } from "../shell.js";
import { unanswered } from "../unreachable.js";

const timeoutMs = 10_000;

/** The answer of a server to one request. */
export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Unix milliseconds, just before the request and just after the answer. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** The server to check. */
export interface Target {
  readonly url: URL | undefined;
  readonly token: string | undefined;
}

/**
 * Sends GET to the server. Follows no redirect.
 * @throws CliError if there is no answer
 */
export async function probe(shell: Shell, { url: base, token }: Target, path: string): Promise<Answer> {
  const url = apiUrl(shell, base, path);
  const sentAt = shell.now();
  try {
    const response = await fetch(url, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), shell.interrupted]),
    });
    const receivedAt = shell.now();
    const { status, headers } = response;
    const text = await limitedText(response);
    return { url, status, headers, text, fields: jsonFields(text), sentAt, receivedAt };
  } catch (error) {
    throw unanswered(shell, url, error);
  }
}
