import type { Reason } from "@sessionhook/core";
import { VisibleText } from "./visible-text.js";

const sentences: Readonly<Record<string, string>> = {
  timeout: "No answer in time",
  aborted: "The attempt was interrupted",
  connection_refused: "The connection was refused",
  connection_reset: "The connection was reset",
  dns_error: "The host name could not be resolved",
  tls_error: "The TLS connection failed",
  address_not_allowed: "The address is private or reserved",
  filter_error: "The filter failed for this event",
  cooldown: "The same person or company was sent a short while ago",
  attempts_exhausted: "Every attempt of the schedule failed",
  too_old: "It became too old to be tried again",
  replayed: "A replay delivered it",
  replay_cancelled: "Its replay was cancelled",
};

/** Describes a reason in words. */
export function reasonSentence({ code, status }: Reason): string {
  const answered = /^http_(\d{3})$/.exec(code)?.[1] ?? (status === undefined ? undefined : String(status));
  return Object.hasOwn(sentences, code)
    ? (sentences[code] ?? "")
    : answered === undefined
      ? (code.charAt(0).toUpperCase() + code.slice(1)).replaceAll("_", " ")
      : `The destination answered ${answered}`;
}

/** Renders a reason: in words, and its code. */
export function ReasonText({ reason }: { readonly reason: Reason }) {
  return (
    <>
      <VisibleText text={reasonSentence(reason)} />{" "}
      <code>
        <VisibleText text={reason.code} />
      </code>
    </>
  );
}
