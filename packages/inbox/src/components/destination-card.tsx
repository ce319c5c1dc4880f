import type { DeliveryState, DestinationOverview } from "@sessionhook/core";
import { lateDeliveryMs } from "@sessionhook/core/limits";
import { formatCount } from "../format/number.js";
import { formatDuration, formatRelative } from "../format/time.js";
import { deliveryListPath, destinationAnchor, destinationForm, replayPreviewPath } from "../paths.js";
import { deliveryStateName } from "./delivery-badge.js";
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
  const { name, state, pacedUntil } = destination;
  const paced = pacedUntil !== null && pacedUntil > now;
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
      {configured && (
        <div class="actions">
          {(state !== "ready" || paced) && (
            <PostButton to={destinationForm(name, "resume")} label="Resume" of={label} primary={true} />
          )}
          {state !== "paused" && <PostButton to={destinationForm(name, "pause")} label="Pause" of={label} />}
          <PostButton to={destinationForm(name, "test")} label="Send test" of={label} />
          {destination.dead > 0 && (
            <Link class="button" to={replayPreviewPath(name, "failed")}>
              Replay dead letters…<span class="visually-hidden"> of {label}</span>
            </Link>
          )}
          <Link class="button quiet" to={replayPreviewPath(name, "missing")}>
            Send earlier events…<span class="visually-hidden"> to {label}</span>
          </Link>
        </div>
      )}
      {!configured && destination.open > 0 && (
        <div class="actions">
          <Link class="button" to={destinationForm(name, "discard")}>
            Discard open deliveries…<span class="visually-hidden"> to {label}</span>
          </Link>
        </div>
      )}
    </section>
  );
}

function Numbers({ destination, now }: CardProps) {
  const { name, state, open, dead, delivered, skipped, oldestDueAt, lastDeliveredAt } = destination;
  const dueFor = oldestDueAt === null ? undefined : Math.max(0, now - oldestDueAt);
  const late = state === "ready" && dueFor !== undefined && dueFor > lateDeliveryMs;
  const count = (value: number, of: DeliveryState) =>
    value === 0 ? (
      "0"
    ) : (
      <Link to={deliveryListPath({ destination: name, state: of })}>{formatCount(value)}</Link>
    );
  return (
    <dl class="numbers">
      <div>
        <dt>Open</dt>
        <dd>
          {formatCount(open)}
          {open > 0 && <OpenLinks name={name} />}
        </dd>
      </div>
      <div class={dead > 0 ? "alarming" : undefined}>
        <dt>Dead letters</dt>
        <dd>{count(dead, "dead")}</dd>
      </div>
      <div class={late ? "alarming" : undefined}>
        <dt>Oldest due</dt>
        <dd>
          {dueFor === undefined ? "none" : dueFor < 1000 ? "just now" : `for ${formatDuration(dueFor)}`}
        </dd>
      </div>
      <div>
        <dt>Delivered</dt>
        <dd>{count(delivered, "delivered")}</dd>
      </div>
      <div>
        <dt>
          <abbr title="Within a cooldown, or the filter failed. Events that it does not want are not counted.">
            Skipped
          </abbr>
        </dt>
        <dd>{count(skipped, "skipped")}</dd>
      </div>
      <div>
        <dt>Last delivered</dt>
        <dd>{lastDeliveredAt === null ? "never" : formatRelative(lastDeliveredAt, now)}</dd>
      </div>
    </dl>
  );
}

/** Links to the two states of open deliveries: a list has one state. */
function OpenLinks({ name }: { readonly name: string }) {
  return (
    <span class="parts">
      {(["waiting", "delivering"] as const).map((state) => (
        <Link to={deliveryListPath({ destination: name, state })}>
          {deliveryStateName(state)}
          <span class="visually-hidden"> deliveries to {visibleText(name)}</span>
        </Link>
      ))}
    </span>
  );
}
