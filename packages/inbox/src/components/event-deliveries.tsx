import type { Delivery } from "@sessionhook/core";
import { formatCount, formatPlural } from "../format/number.js";
import { deliveryListPath, deliveryPath } from "../paths.js";
import { DeliveryBadge } from "./delivery-badge.js";
import { Link } from "./link.js";
import { reasonSentence } from "./reason.js";
import { VisibleText } from "./visible-text.js";

interface EventDeliveriesProps {
  readonly event: string;
  readonly deliveries: readonly Delivery[];
  /** True if there are further ones. */
  readonly more: boolean;
}

/** Lists the deliveries of an event with their states. */
export function EventDeliveries({ event, deliveries, more }: EventDeliveriesProps) {
  return (
    <section class="panel" aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      <ul class="event-deliveries">
        {deliveries.map((delivery) => (
          <li>
            <DeliveryBadge state={delivery.state} />
            <Link to={deliveryPath(delivery.id)}>
              <VisibleText text={delivery.destination} />
            </Link>
            <span class="note">
              {delivery.attempts > 0 && formatPlural(delivery.attempts, "attempt")}
              {delivery.replay !== null && " · replay"}
              {delivery.reason !== null && (
                <>
                  {delivery.attempts > 0 && " · "}
                  <VisibleText text={reasonSentence(delivery.reason)} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {more && (
        <p class="note">
          The newest {formatCount(deliveries.length)}. <Link to={deliveryListPath({ event })}>Show all</Link>
        </p>
      )}
    </section>
  );
}
