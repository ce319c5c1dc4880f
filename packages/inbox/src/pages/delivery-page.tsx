import type { Attempt, Delivery, DestinationOverview } from "@sessionhook/core";
import { AttemptList } from "../components/attempt-list.js";
import { BackLink } from "../components/back-link.js";
import { DeliveryBadge } from "../components/delivery-badge.js";
import { DestinationBadge } from "../components/destination-badge.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { PostButton } from "../components/post-button.js";
import { ReasonText } from "../components/reason.js";
import { Time } from "../components/time.js";
import { VisibleText, visibleText } from "../components/visible-text.js";
import { deliveryPath, destinationPath, eventPath, replayPath } from "../paths.js";

export interface DeliveryPageProps {
  readonly delivery: Delivery;
  readonly attempts: readonly Attempt[];
  /** Undefined if nothing is known about it any more. */
  readonly destination: DestinationOverview | undefined;
  readonly now: number;
}

/** Renders one delivery: properties, what happens next, attempts. */
export function DeliveryPage({ delivery, attempts, destination, now }: DeliveryPageProps) {
  const { eventId, state, reason } = delivery;
  return (
    <Layout
      title={`Delivery to ${visibleText(delivery.destination)}, ${visibleText(eventId)}`}
      signedIn={true}
      current="/deliveries"
    >
      <BackLink list="/deliveries" name="deliveries" />
      <div class="head-with-actions">
        <div class="event-head">
          <h1>
            Delivery to <VisibleText text={delivery.destination} />
          </h1>
          <p>
            <DeliveryBadge state={state} />{" "}
            <span class="meaning">
              <Meaning delivery={delivery} destination={destination} now={now} />
            </span>
          </p>
        </div>
        {state !== "delivering" && (
          <div class="actions">
            <PostButton
              to={deliveryPath(delivery.id, "retry")}
              label={state === "waiting" ? "Retry now" : state === "dead" ? "Retry" : "Send again"}
              primary={state === "dead"}
            />
          </div>
        )}
      </div>
      <dl class="facts">
        <div class="wide">
          <dt>Event</dt>
          <dd class="code">
            <Link to={eventPath({ id: eventId, version: 1 })}>
              <VisibleText text={eventId} />
            </Link>
          </dd>
        </div>
        <div>
          <dt>Event type</dt>
          <dd>
            {delivery.eventType === null ? (
              <span class="absent">no type</span>
            ) : (
              <VisibleText text={delivery.eventType} />
            )}
          </dd>
        </div>
        <div>
          <dt>Destination</dt>
          <dd>
            <Link to={destinationPath(delivery.destination)}>
              <VisibleText text={delivery.destination} />
            </Link>{" "}
            {destination !== undefined && destination.state !== "ready" && (
              <DestinationBadge state={destination.state} />
            )}
          </dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>
            <Time at={delivery.createdAt} now={now} />
          </dd>
        </div>
        <div>
          <dt>{endName(delivery, now)}</dt>
          <dd>
            <End delivery={delivery} now={now} />
          </dd>
        </div>
        {delivery.replay !== null && (
          <div>
            <dt>Created by</dt>
            <dd>
              <Link to={replayPath(delivery.replay)}>a replay</Link>
            </dd>
          </div>
        )}
        {reason !== null && attempts.at(-1)?.reason?.code !== reason.code && (
          <div class="wide">
            <dt>Reason</dt>
            <dd>
              <ReasonText reason={reason} />
              {delivery.heldBy !== null && (
                <>
                  {" "}
                  by{" "}
                  <Link to={eventPath({ id: delivery.heldBy, version: 1 })}>
                    <VisibleText text={delivery.heldBy} />
                  </Link>
                </>
              )}
            </dd>
          </div>
        )}
      </dl>
      <AttemptList attempts={attempts} count={delivery.attempts} now={now} />
    </Layout>
  );
}

function endName({ finishedAt, state, dueAt }: Delivery, now: number): string {
  if (finishedAt !== null) return "Finished";
  return state === "waiting" && dueAt !== null && dueAt <= now ? "Due since" : "Next attempt";
}

function End({ delivery, now }: { readonly delivery: Delivery; readonly now: number }) {
  const { finishedAt, dueAt, state } = delivery;
  if (finishedAt !== null) return <Time at={finishedAt} now={now} />;
  if (state === "delivering") return <>under way</>;
  return dueAt === null ? <>none</> : <Time at={dueAt} now={now} />;
}

interface MeaningProps {
  readonly delivery: Delivery;
  readonly destination: DestinationOverview | undefined;
  readonly now: number;
}

/** Explains the state and what happens next. */
function Meaning({ delivery, destination, now }: MeaningProps) {
  switch (delivery.state) {
    case "delivered":
      return <>The destination accepted the event.</>;
    case "delivering":
      return <>An attempt is under way.</>;
    case "skipped":
      return <>Not sent.</>;
    case "dead":
      return <>It will not be tried again by itself.</>;
    case "waiting":
      switch (destination?.state) {
        case "paused":
          return <>Waits until the destination is resumed.</>;
        case "blocked":
          return <>Waits because the destination refuses everything at the moment.</>;
        case "cooling":
          return <>Waits because many attempts to this destination failed.</>;
        case "orphaned":
          return <>Waits until the destination is in the configuration again.</>;
        default:
          return delivery.dueAt !== null && delivery.dueAt > now ? (
            <>It will be tried again.</>
          ) : (
            <>The next attempt is due.</>
          );
      }
  }
}
