import type { DeliveryPage, DestinationOverview } from "@sessionhook/core";
import { DeliveryFilterForm, StateTabs } from "../components/delivery-controls.js";
import { DeliveryTable } from "../components/delivery-table.js";
import { deliveryStateName } from "../components/delivery-badge.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { NoDestinations } from "../components/no-destinations.js";
import { PagesNav } from "../components/pages-nav.js";
import { visibleText } from "../components/visible-text.js";
import { TimeZoneNote } from "../components/time-zone-note.js";
import { deliveryListPath, type DeliveryListFilter } from "../paths.js";

export interface DeliveriesPageProps {
  readonly filter: DeliveryListFilter;
  readonly page: DeliveryPage;
  readonly destinations: readonly DestinationOverview[];
  readonly now: number;
}

/** Renders the list of deliveries. */
export function DeliveriesPage({ filter, page, destinations, now }: DeliveriesPageProps) {
  const { cursor, ...rest } = filter;
  const empty = page.deliveries.length === 0;
  return (
    <Layout title={titleOf(filter)} signedIn={true} current="/deliveries">
      <h1>Deliveries</h1>
      {empty && destinations.length === 0 ? (
        <NoDestinations />
      ) : (
        <>
          <StateTabs filter={filter} destinations={destinations} />
          <DeliveryFilterForm filter={filter} destinations={destinations} />
          {empty ? <NoMatch filter={filter} /> : <DeliveryTable deliveries={page.deliveries} now={now} />}
          <PagesNav
            newest={cursor === undefined ? undefined : deliveryListPath(rest)}
            older={
              page.nextCursor === null ? undefined : deliveryListPath({ ...rest, cursor: page.nextCursor })
            }
          />
          <p class="footnote">
            <TimeZoneNote />
          </p>
        </>
      )}
    </Layout>
  );
}

function titleOf({ destination, state, event, replay, cursor }: DeliveryListFilter): string {
  const parts = ["Deliveries"];
  if (state !== undefined) parts.push(deliveryStateName(state).toLowerCase());
  if (destination !== undefined) parts.push(`to ${visibleText(destination)}`);
  if (event !== undefined) parts.push("of one event");
  if (replay !== undefined) parts.push("of one replay");
  if (cursor !== undefined) parts.push("older");
  return parts.join(", ");
}

function NoMatch({ filter }: { readonly filter: DeliveryListFilter }) {
  const { cursor, ...selection } = filter;
  const filtered = Object.values(selection).some((value) => value !== undefined);
  return (
    <div class="empty">
      <h2>{filtered ? "No matching deliveries" : "No deliveries yet"}</h2>
      <p>
        {filtered
          ? `No delivery${cursor === undefined ? "" : " on this page"} has this state and destination.`
          : "Events that arrive from now on are sent to your destinations, and appear here."}
      </p>
      <p class="actions">
        <Link class="button" to={filtered ? "/deliveries" : "/destinations"}>
          {filtered ? "Show all deliveries" : "Show destinations"}
        </Link>
      </p>
    </div>
  );
}
