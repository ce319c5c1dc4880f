import type { Classification, StoredEvent } from "@sessionhook/core";
import { eventForm } from "../paths.js";
import { PostButton } from "./post-button.js";
import { statusName } from "./status-badge.js";

interface NoticeProps {
  readonly event: StoredEvent;
  /** The status that a recheck would give it. */
  readonly status: Classification;
}

/** Renders the effect of a recheck and its form; nothing if it would change nothing. */
export function RecheckNotice({ event, status }: NoticeProps) {
  if (status === event.status) return <></>;
  return (
    <div class="recheck-notice">
      <p>
        <strong>
          {status === "accepted"
            ? "This version accepts the event."
            : `For this version, the event is ${statusName(status).toLowerCase()}.`}
        </strong>{" "}
        It was {statusName(event.status).toLowerCase()} when it arrived
        {status === "accepted" && "; a recheck accepts it, and routes it like a new one"}.
      </p>
      <PostButton to={eventForm(event.id, "recheck")} label="Recheck" primary={true} />
    </div>
  );
}
