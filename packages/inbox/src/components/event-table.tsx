import { Link } from "./link.js";
import type { EventSummary } from "@sessionhook/core";
import { formatCount, formatSize } from "../format/number.js";
import { eventPath } from "../paths.js";
import { Clamped } from "./clamped.js";
import { StatusBadge } from "./status-badge.js";
import { Time } from "./time.js";

export interface EventTableProps {
  readonly events: readonly EventSummary[];
  readonly now: number;
}

/** Renders events as a table, and as cards on a narrow screen. The ARIA roles preserve the table semantics of the cards. */
export function EventTable({ events, now }: EventTableProps) {
  return (
    <table class="events" role="table" aria-label="Events, newest first">
      <thead role="rowgroup">
        <tr role="row">
          {["Status", "Event type", "Message id", "Received", "Size", "Duplicates"].map((name) => (
            <th role="columnheader" scope="col" class={`column-${name.split(" ").join("-").toLowerCase()}`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {events.map((event) => (
          <EventRow event={event} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function EventRow({ event, now }: { readonly event: EventSummary; readonly now: number }) {
  return (
    <tr role="row">
      <td role="cell" class="column-status">
        <StatusBadge status={event.status} />
      </td>
      <td role="cell" class="column-event-type">
        {event.type === null ? <span class="absent">no type</span> : <Clamped text={event.type} />}
      </td>
      <td role="cell" class="column-message-id">
        <Link to={eventPath(event)}>
          <Clamped text={event.id} />
        </Link>
        {event.version > 1 && <span class="version"> version {event.version}</span>}
      </td>
      <td role="cell" class="column-received">
        <Time at={event.receivedAt} now={now} />
      </td>
      <td role="cell" class="column-size">
        {formatSize(event.size)}
      </td>
      <td role="cell" class={`column-duplicates${event.duplicates === 0 ? " none" : ""}`}>
        {event.duplicates === 0 ? (
          <>
            <span aria-hidden="true">–</span>
            <span class="visually-hidden">none</span>
          </>
        ) : (
          <>
            {formatCount(event.duplicates)}
            <span class="narrow-only"> {event.duplicates === 1 ? "duplicate" : "duplicates"}</span>
          </>
        )}
      </td>
    </tr>
  );
}
