import { type SecretEncoding, sign } from "@sessionhook/core";
import { codeOf, jsonFields, limitedText, networkReason, problemText } from "../http.js";
import { pause } from "./pacer.js";

export interface Message {
  readonly id: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

export interface Target {
  readonly url: URL;
  readonly secret: string;
  readonly secretEncoding: SecretEncoding;
  readonly allowShortSecrets: boolean;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly interrupted: AbortSignal;
  /** Called before each wait for a retry. */
  readonly onRetry?: (outcome: Outcome, ms: number) => void;
}

export interface Outcome {
  readonly id: string;
  /** Status in the response (`accepted`, `duplicate`, …), its problem code, or the reason for no response. */
  readonly status: string;
  /** HTTP status of the last response; undefined if there was none. */
  readonly httpStatus?: number;
  /** True for 2xx. */
  readonly acknowledged: boolean;
  /** Detail of the problem document, if any. */
  readonly detail?: string;
  /** Duration of the last request, in milliseconds. */
  readonly milliseconds?: number;
  /** The reason for no response. */
  readonly error?: unknown;
}

const attempts = 5;
const timeoutMs = 30_000;
const longestWaitMs = 30_000;

/** Returns the milliseconds to wait before a retry (RFC 9110, Retry-After: seconds or a date); 1 s without the header. */
export function retryAfterMs(header: string | null, now: number): number {
  const text = header?.trim() ?? "";
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(ms) ? Math.min(longestWaitMs, Math.max(0, ms)) : 1000;
}

async function attempt(target: Target, { id, body }: Message): Promise<Outcome & { retryMs?: number }> {
  const { secret, secretEncoding, allowShortSecrets } = target;
  // Every attempt has its own timestamp and signature; id and body are the same (Standard Webhooks 1.0.0).
  const timestamp = Math.floor(target.now() / 1000);
  const signed = sign(body, { id, timestamp, secret, secretEncoding, allowShortSecrets });
  const start = performance.now();
  let response: Response;
  let text: string;
  try {
    response = await fetch(target.url, {
      method: "POST",
      headers: { ...signed, "content-type": "application/json", "user-agent": "sessionhook-cli" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await limitedText(response);
  } catch (error) {
    const reason = networkReason(error);
    const again = reason === "ECONNRESET" || reason === "UND_ERR_SOCKET" ? { retryMs: 200 } : {};
    const detail = `no answer from ${target.url.origin} (${reason})`;
    return { id, status: reason.toLowerCase(), acknowledged: false, detail, error, ...again };
  }
  const milliseconds = performance.now() - start;
  const fields = jsonFields(text);
  const { status: httpStatus, ok: acknowledged } = response;
  if (acknowledged) {
    return { id, status: codeOf(fields["status"]) ?? "acknowledged", httpStatus, acknowledged, milliseconds };
  }
  return {
    id,
    status: codeOf(fields["code"]) ?? `http_${httpStatus}`,
    httpStatus,
    acknowledged,
    detail: problemText(fields),
    milliseconds,
    ...(httpStatus === 503
      ? { retryMs: retryAfterMs(response.headers.get("retry-after"), target.now()) }
      : {}),
  };
}

/**
 * Signs and posts an event; if the response is 503 or the connection breaks, retries, up to five attempts in all.
 * @throws ConfigurationError for a secret that cannot sign
 */
export async function deliver(target: Target, message: Message): Promise<Outcome> {
  for (let left = attempts - 1; ; left--) {
    const { retryMs, ...outcome } = await attempt(target, message);
    if (retryMs === undefined || left === 0) return outcome;
    target.onRetry?.(outcome, retryMs);
    if (!(await pause(retryMs, target.interrupted))) return outcome;
  }
}
