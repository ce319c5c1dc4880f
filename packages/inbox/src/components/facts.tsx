import type { StoredEvent } from "@sessionhook/core";
import { formatCount, formatPlural, formatSize } from "../format/number.js";
import { formatDuration } from "../format/time.js";
import { CopyButton } from "./copy-button.js";
import { Time } from "./time.js";
import { VisibleText } from "./visible-text.js";

/** Renders the properties of an event apart from its body. */
export function Facts({ event, now }: { readonly event: StoredEvent; readonly now: number }) {
  return (
    <dl class="facts">
      <div class="wide">
        <dt>Message id</dt>
        <dd class="code with-copy">
          <span>
            <VisibleText text={event.id} />
          </span>
          <CopyButton what="message id" text={event.id} />
        </dd>
      </div>
      <div>
        <dt>Received</dt>
        <dd>
          <Time at={event.receivedAt} now={now} />
        </dd>
      </div>
      <div>
        <dt>Attempt timestamp</dt>
        <dd>
          <Time at={event.attemptTimestamp * 1000} />
          <span class="ago"> {describeDelay(event)}</span>
        </dd>
      </div>
      <div>
        <dt>Size</dt>
        <dd>
          {formatSize(event.size)}
          {event.size >= 1000 && <span class="ago"> {formatPlural(event.size, "byte")}</span>}
        </dd>
      </div>
      <div>
        <dt>Duplicates</dt>
        <dd>
          {event.duplicates === 0 ? "none" : formatCount(event.duplicates)}
          {event.duplicates > 0 && <span class="ago"> same bytes received again, not stored again</span>}
        </dd>
      </div>
    </dl>
  );
}

function describeDelay({ receivedAt, attemptTimestamp }: StoredEvent): string {
  const delay = receivedAt - attemptTimestamp * 1000;
  if (!Number.isFinite(delay)) return "";
  if (Math.abs(delay) < 1000) return "when it was received";
  return `${formatDuration(delay)} ${delay > 0 ? "before" : "after"} it was received`;
}
