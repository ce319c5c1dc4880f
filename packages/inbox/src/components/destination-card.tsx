import type { DestinationOverview } from "@sessionhook/core";
import { formatCount } from "../format/number.js";
import { formatDuration, formatRelative } from "../format/time.js";
import { deliveryListPath, destinationAnchor, destinationForm, replayPreviewPath } from "../paths.js";
import { DestinationBadge } from "./destination-badge.js";
import { DestinationWords } from "./destination-words.js";
import { Link } from "./link.js";
import { PostButton } from "./post-button.js";
import { VisibleText, visibleText } from "./visible-text.js";

interface CardProps {
  readonly destination: DestinationOverview;
  readonly now: number;
}

/** Renders one destination: state, numbers and forms. */
export function DestinationCard({ destination, now }: CardProps) {
  const { name, state } = destination;
  const anchor = destinationAnchor(name);
  const label = visibleText(name);
  const configured = state !== "orphaned";
  return (
    <section class="panel destination" id={anchor} aria-labelledby={`${anchor}-name`}>
      <div class="destination-head">
        <h2 id={`${anchor}-name`}>
          <VisibleText text={name} />
        </h2>
        <DestinationBadge state={state} />
        {destination.type !== null && (
          <p class="target">
            <VisibleText text={destination.type} /> ·{" "}
            <span class="code">
              <VisibleText text={destination.target ?? ""} />
            </span>
          </p>
        )}
      </div>
      <p class="words">
        <DestinationWords destination={destination} now={now} />
      </p>
      <Numbers destination={destination} now={now} />
      <div class="actions">
        {state === "ready" ? (
          <PostButton to={destinationForm(name, "pause")} label="Pause" of={label} />
        ) : (
          configured && (
            <PostButton to={destinationForm(name, "resume")} label="Resume" of={label} primary={true} />
          )
        )}
        {configured && <PostButton to={destinationForm(name, "test")} label="Send test" of={label} />}
        {configured && destination.dead > 0 && (
          <Link class="button" to={replayPreviewPath(name, "failed")}>
            Replay dead letters…<span class="visually-hidden"> of {label}</span>
          </Link>
        )}
        {configured && (
          <Link class="button quiet" to={replayPreviewPath(name, "missing")}>
            Send earlier events…<span class="visually-hidden"> to {label}</span>
          </Link>
        )}
      </div>
    </section>
  );
}

function Numbers({ destination, now }: CardProps) {
  const { name, open, dead, delivered, skipped, oldestDueAt, lastDeliveredAt } = destination;
  return (
    <dl class="numbers">
      <div>
        <dt>Open</dt>
        <dd>
          <Link to={deliveryListPath({ destination: name, state: "waiting" })}>{formatCount(open)}</Link>
        </dd>
      </div>
      <div class={dead > 0 ? "alarming" : undefined}>
        <dt>Dead letters</dt>
        <dd>
          <Link to={deliveryListPath({ destination: name, state: "dead" })}>{formatCount(dead)}</Link>
        </dd>
      </div>
      <div>
        <dt>Oldest due</dt>
        <dd>{oldestDueAt === null ? "none" : `for ${formatDuration(Math.max(0, now - oldestDueAt))}`}</dd>
      </div>
      <div>
        <dt>Delivered</dt>
        <dd>{formatCount(delivered)}</dd>
      </div>
      <div>
        <dt>Skipped</dt>
        <dd>{formatCount(skipped)}</dd>
      </div>
      <div>
        <dt>Last delivered</dt>
        <dd>{lastDeliveredAt === null ? "never" : formatRelative(lastDeliveredAt, now)}</dd>
      </div>
    </dl>
  );
}
