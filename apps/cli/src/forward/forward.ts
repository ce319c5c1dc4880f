import { type SecretEncoding, sign } from "@sessionhook/core";
import { bodyOf, type FeedEvent } from "../feed/feed-event.js";
import { limitedText, networkReason } from "../http.js";
import { pause } from "../send/pacer.js";
import type { Shell } from "../shell.js";
import { unreachable } from "../unreachable.js";

export interface Forwarding {
  readonly url: URL;
  readonly secret: string;
  readonly secretEncoding: SecretEncoding;
  readonly allowShortSecrets: boolean;
}

export interface Forwarded {
  readonly event: FeedEvent;
  /** HTTP status of the answer; undefined if the app did not answer in time. */
  readonly httpStatus?: number;
  readonly milliseconds: number;
}

const timeoutMs = 30_000;
const longestWaitMs = 5000;

/** Posts an event until the app answers. Returns undefined when interrupted before that. */
export async function forward(
  shell: Shell,
  target: Forwarding,
  event: FeedEvent,
): Promise<Forwarded | undefined> {
  for (let wait = 250; ; wait = Math.min(longestWaitMs, wait * 2)) {
    const start = performance.now();
    try {
      const httpStatus = await post(shell, target, event);
      if (wait > 250) shell.stderr.write(`${target.url.origin} answers again\n`);
      return { event, httpStatus, milliseconds: performance.now() - start };
    } catch (error) {
      if (shell.interrupted.aborted) return undefined;
      const reason = networkReason(error);
      if (reason === "BAD_PORT") throw unreachable(shell, target.url, error);
      if (reason === "TIMEOUT") return { event, milliseconds: performance.now() - start };
      if (wait === 250)
        shell.stderr.write(`${target.url.origin} cannot be reached (${reason}); waiting for it\n`);
      if (!(await pause(wait, shell.interrupted))) return undefined;
    }
  }
}

async function post(shell: Shell, target: Forwarding, event: FeedEvent): Promise<number> {
  const { url, secret, secretEncoding, allowShortSecrets } = target;
  const body = bodyOf(event);
  const timestamp = Math.floor(shell.now() / 1000);
  const signed = sign(body, { id: event.id, timestamp, secret, secretEncoding, allowShortSecrets });
  const response = await fetch(url, {
    method: "POST",
    headers: { ...signed, "content-type": "application/json", "user-agent": "sessionhook-cli" },
    body,
    redirect: "manual",
    signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), shell.interrupted]),
  });
  // The status counts, even if reading the body fails.
  await limitedText(response).catch(() => "");
  return response.status;
}
