import { ownCommand } from "../own-command.js";
import type { Shell } from "../shell.js";
import { explainAnswer } from "./answers.js";
import { type Finding, findingsOf } from "./finding.js";
import type { Answer } from "./probe.js";

const finding = findingsOf("rejections");

/** Names the requests that the server has rejected since its start, by code, with the usual cause. */
export function checkRejections(shell: Shell, metrics: Answer): Finding[] {
  if (metrics.status !== 200 || !metrics.text.includes("sessionhook_messages_total"))
    return [explainAnswer(finding, metrics)];
  const counts = [...metrics.text.matchAll(/^sessionhook_rejections_total\{code="([a-z_]+)"\} (\d+)$/gm)]
    .map(([, code = "", count = ""]) => [code, Number(count)] as const)
    .filter(([code, count]) => count > 0 && code in causes);
  if (counts.length === 0) return [finding("ok", "no message was rejected since the server started")];
  return counts.map(([code, count]) => {
    const [cause = "", action] = causes[code] ?? [];
    const advice = typeof action === "function" ? action(shell) : action;
    return finding("warning", `${count} ${code} since the server started: ${cause}`, advice);
  });
}

/** The usual cause of each code, and what to do. */
const causes: Readonly<
  Record<string, readonly [cause: string, action: string | ((shell: Shell) => string)]>
> = {
  signature_mismatch: [
    "wrong secret, or a proxy or framework changed the body; a few are noise from the internet",
    (shell) =>
      `compare the secret with the provider's; capture headers and body and run ${ownCommand(shell, "verify")}`,
  ],
  timestamp_too_old: [
    "the clock of the server is wrong, or the messages waited in a queue",
    "synchronise the clock (NTP), or raise SESSIONHOOK_TOLERANCE_SECONDS",
  ],
  timestamp_too_new: ["the clock of the server is wrong", "synchronise the clock (NTP)"],
  missing_header: [
    "a proxy removes webhook-* headers, or requests are not messages",
    "let it pass webhook-id, webhook-timestamp and webhook-signature",
  ],
  malformed_header: [
    "a proxy changes the webhook-* headers or Host, or requests are not messages",
    "let it pass the headers unchanged",
  ],
  incomplete_body: ["bodies broke off", "check the connection and the time limits of the proxy"],
  request_timeout: [
    "bodies took too long",
    "check the connection, or raise SESSIONHOOK_BODY_TIMEOUT_SECONDS",
  ],
  payload_too_large: ["a body is above the limit SESSIONHOOK_MAX_BODY_BYTES", "raise the setting"],
  unsupported_content_encoding: [
    "the sender or a proxy compresses bodies",
    "switch compression of requests off",
  ],
  invalid_payload: [
    "the payload does not fit the schema, and SESSIONHOOK_ON_INVALID is reject",
    "upgrade, or set SESSIONHOOK_ON_INVALID=quarantine to store such events",
  ],
  store_unavailable: [
    "the disk was full, read-only or locked, files were moved, or the database was out of reach",
    "the log of the server names the reason",
  ],
  overloaded: ["messages arrive faster than the disk commits them", "read docs/capacity.md"],
  internal_error: ["an error that was not foreseen", "look at the log of the server, and report it"],
};
