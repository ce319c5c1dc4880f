import type { Delivery } from "@sessionhook/core";
import { formatCount } from "../format/number.js";
import { deliveryPath } from "../paths.js";
import { Clamped } from "./clamped.js";
import { DeliveryBadge } from "./delivery-badge.js";
import { Link } from "./link.js";
import { reasonSentence } from "./reason.js";
import { Time } from "./time.js";

export interface DeliveryTableProps {
  readonly deliveries: readonly Delivery[];
  readonly now: number;
}

/** Renders deliveries as a table, and as cards on a narrow screen. */
export function DeliveryTable({ deliveries, now }: DeliveryTableProps) {
  return (
    <table class="events deliveries" role="table" aria-label="Deliveries, newest first">
      <thead role="rowgroup">
        <tr role="row">
          {["State", "Destination", "Event", "Created", "Attempts", "Reason"].map((name) => (
            <th role="columnheader" scope="col" class={`column-${name.toLowerCase()}`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {deliveries.map((delivery) => (
          <DeliveryRow delivery={delivery} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function DeliveryRow({ delivery, now }: { readonly delivery: Delivery; readonly now: number }) {
  const { reason, attempts } = delivery;
  return (
    <tr role="row">
      <td role="cell" class="column-state">
        <DeliveryBadge state={delivery.state} />
        {delivery.replay !== null && <span class="version"> replay</span>}
      </td>
      <td role="cell" class="column-destination">
        <Clamped text={delivery.destination} />
      </td>
      <td role="cell" class="column-event">
        <Link to={deliveryPath(delivery.id)}>
          <Clamped text={delivery.eventId} />
        </Link>
        <span class="event-type">
          {delivery.eventType === null ? (
            <span class="absent">no type</span>
          ) : (
            <Clamped text={delivery.eventType} />
          )}
        </span>
      </td>
      <td role="cell" class="column-created">
        <Time at={delivery.createdAt} now={now} />
      </td>
      <td role="cell" class={`column-attempts${attempts === 0 ? " none" : ""}`}>
        {formatCount(attempts)}
        <span class="narrow-only"> {attempts === 1 ? "attempt" : "attempts"}</span>
      </td>
      <td role="cell" class={`column-reason${reason === null ? " none" : ""}`}>
        {reason === null ? (
          <>
            <span aria-hidden="true">–</span>
            <span class="visually-hidden">none</span>
          </>
        ) : (
          <Clamped text={reasonSentence(reason)} />
        )}
      </td>
    </tr>
  );
}
