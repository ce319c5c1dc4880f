import type { ConfiguredDestination, Delivery } from "@sessionhook/core";
import { formatCount, formatPlural } from "../format/number.js";
import { deliveryListPath, deliveryPath } from "../paths.js";
import { DeliveryBadge } from "./delivery-badge.js";
import { Link } from "./link.js";
import { reasonSentence } from "./reason.js";
import { SendAgain } from "./send-again.js";
import { VisibleText } from "./visible-text.js";

interface EventDeliveriesProps {
  readonly event: string;
  readonly deliveries: readonly Delivery[];
  /** True if there are further ones. */
  readonly more: boolean;
  /** Those that the event can be sent to again. */
  readonly destinations?: readonly ConfiguredDestination[];
}

/** Lists the deliveries of an event with their states, and sends it again. */
export function EventDeliveries({ event, deliveries, more, destinations = [] }: EventDeliveriesProps) {
  return (
    <section class="panel" aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      {deliveries.length === 0 && <p class="note">There is no delivery of this event.</p>}
      <ul class="event-deliveries">
        {deliveries.map((delivery) => (
          <li>
            <span>
              <DeliveryBadge state={delivery.state} />
            </span>
            <span class="what">
              <Link to={deliveryPath(delivery.id)}>
                <VisibleText text={delivery.destination} />
              </Link>
              <span class="note">
                <VisibleText text={noteOf(delivery)} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      {more && (
        <p class="note">
          The newest {formatCount(deliveries.length)}. <Link to={deliveryListPath({ event })}>Show all</Link>
        </p>
      )}
      {destinations.length > 0 && <SendAgain id={event} destinations={destinations} />}
    </section>
  );
}

function noteOf({ attempts, replay, reason, state }: Delivery): string {
  const parts = attempts === 0 ? [] : [formatPlural(attempts, "attempt")];
  if (replay !== null) parts.push("replay");
  if (reason !== null && state !== "delivered") parts.push(reasonSentence(reason));
  return parts.join(" · ");
}
