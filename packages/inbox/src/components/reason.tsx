import type { Reason } from "@sessionhook/core";
import { VisibleText } from "./visible-text.js";

/** Reasons in words. Others are shown by their code, such as those of a handler. */
const sentences: Readonly<Record<string, string>> = {
  // Routing.
  type: "Not one of the event types of the destination",
  status: "Not one of the statuses of the destination",
  filter: "The filter does not match",
  filter_error: "The filter failed for this event",
  cooldown: "An event of the same person or company was sent recently",
  // Attempts.
  timeout: "No answer in time",
  stopped: "The server was stopped meanwhile",
  not_sent: "It was not sent yet, because one before it failed or took too long",
  connect_timeout: "No connection in time",
  connection_refused: "The connection was refused",
  connection_reset: "The connection was reset",
  connection_failed: "The connection failed",
  unreachable: "The host or its network is unreachable",
  dns_not_found: "The host name does not exist",
  dns_failed: "The host name could not be resolved",
  tls_failed: "The TLS connection failed",
  tls_certificate_untrusted: "The TLS certificate is not trusted",
  tls_certificate_expired: "The TLS certificate has expired",
  tls_name_mismatch: "The TLS certificate is for another name",
  address_not_allowed: "The address is private",
  address_reserved: "The address is reserved",
  no_facts: "The body consists of facts, and the event has none",
  metadata_address: "The address is that of a metadata service",
  invalid_answer: "The answer was not valid",
  handler_failed: "The handler threw an error",
  rejected_by_handler: "The handler rejected the event",
  not_permitted: "The server is not permitted to do this",
  too_many_open_files: "Too many files or connections are open",
  driver_error: "The destination failed unexpectedly",
  disk_full: "The disk is full",
  sent_alone: "The server ended too often before it noted a result, and sent only this one meanwhile",
  lease_ended: "The server ended each time before it noted a result, also when it sent only this one",
  no_service: "The webhook does not exist any more",
  // Ends.
  replayed: "A replay delivered it",
  discarded: "An operator ended it, because its destination was removed",
  replay_cancelled: "Its replay was cancelled",
};

/** Describes a reason in words; undefined if its code is not one of ours. */
function wordsOf({ code, status }: Reason): string | undefined {
  if (Object.hasOwn(sentences, code)) return sentences[code];
  const answered = /^http_(\d{3})$/.exec(code)?.[1] ?? status;
  return answered === undefined ? undefined : `The answer was ${answered}`;
}

/** Describes a reason in words, or as its code. */
export function reasonSentence(reason: Reason): string {
  return wordsOf(reason) ?? reason.code;
}

/** Renders a reason: in words, and its code. */
export function ReasonText({ reason }: { readonly reason: Reason }) {
  const words = wordsOf(reason);
  return (
    <>
      {words !== undefined && `${words} `}
      <code>
        <VisibleText text={reason.code} />
      </code>
    </>
  );
}
