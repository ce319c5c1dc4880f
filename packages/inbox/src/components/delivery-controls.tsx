import { deliveryStates, type DestinationCounts, type DestinationOverview } from "@sessionhook/core";
import { formatCount } from "../format/number.js";
import { deliveryListPath, type DeliveryListFilter } from "../paths.js";
import { deliveryStateName } from "./delivery-badge.js";
import { Link, useHref } from "./link.js";
import { VisibleText, visibleText } from "./visible-text.js";

interface ControlProps {
  readonly filter: DeliveryListFilter;
  readonly destinations: readonly DestinationOverview[];
}

/** Renders one link per state, with the number of its deliveries where the store counts them. */
export function StateTabs({ filter, destinations }: ControlProps) {
  const { destination, event, replay } = filter;
  const counted = event === undefined && replay === undefined;
  const chosen = destinations.filter(({ name }) => destination === undefined || destination === name);
  const sum = (key: keyof DestinationCounts & ("delivered" | "skipped" | "dead")) =>
    chosen.reduce((total, one) => total + one[key], 0);
  return (
    <nav class="tabs" aria-label="Filter by state">
      <ul>
        {[undefined, ...deliveryStates].map((state) => (
          <li>
            <Link
              to={deliveryListPath({ ...filter, state, cursor: undefined })}
              aria-current={state === filter.state ? "page" : undefined}
            >
              {state === undefined ? "All" : state === "dead" ? "Dead letters" : deliveryStateName(state)}
              {counted && (state === "delivered" || state === "skipped" || state === "dead") && (
                <>
                  {" "}
                  <span class="count">{formatCount(sum(state))}</span>
                </>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Renders the choice of a destination, and the event or replay that the list is about. */
export function DeliveryFilterForm({ filter, destinations }: ControlProps) {
  const { destination, state, event, replay } = filter;
  const names = destinations.map(({ name }) => name);
  const known = destination === undefined || names.includes(destination) ? names : [destination, ...names];
  return (
    <search>
      <form class="search" method="get" action={useHref("/deliveries")} autocomplete="off">
        {state !== undefined && <input type="hidden" name="state" value={state} />}
        {event !== undefined && <input type="hidden" name="event" value={event} />}
        {replay !== undefined && <input type="hidden" name="replay" value={replay} />}
        <label for="destination">Destination</label>
        <select id="destination" name="destination">
          <option value="">All</option>
          {known.map((name) => (
            <option value={name} selected={name === destination}>
              {visibleText(name)}
            </option>
          ))}
        </select>
        <button type="submit">Show</button>
        {(event !== undefined || replay !== undefined) && (
          <span class="scope">
            {event === undefined ? "of one replay" : "of event "}
            {event !== undefined && (
              <code>
                <VisibleText text={event} />
              </code>
            )}
            <Link to={deliveryListPath({ destination, state })}>Show all</Link>
          </span>
        )}
      </form>
    </search>
  );
}
