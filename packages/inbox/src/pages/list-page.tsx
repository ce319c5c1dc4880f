import type { EventPage, StoreStats } from "@sessionhook/core";
import { NoMatch } from "../components/empty-list.js";
import { EventTable } from "../components/event-table.js";
import { Layout } from "../components/layout.js";
import { SearchForm, StatusTabs } from "../components/list-controls.js";
import { NothingYet } from "../components/nothing-yet.js";
import { PagesNav } from "../components/pages-nav.js";
import { statusName } from "../components/status-badge.js";
import { visibleText } from "../components/visible-text.js";
import { TimeZoneNote } from "../components/time-zone-note.js";
import { formatPlural } from "../format/number.js";
import { listPath, type ListFilter } from "../paths.js";

export interface ListPageProps {
  readonly filter: ListFilter;
  readonly page: EventPage;
  readonly stats: StoreStats;
  readonly now: number;
}

/** Renders the list of events, or the next steps for an empty store. */
export function ListPage({ filter, page, stats, now }: ListPageProps) {
  const empty = page.events.length === 0;
  const storeEmpty = stats.accepted + stats.quarantined + stats.unrecognized + stats.conflicts === 0;
  return (
    <Layout title={listTitle(filter)} signedIn={true} current="/events">
      <h1>Events</h1>
      {empty && storeEmpty && filter.q === undefined ? (
        <NothingYet what="events" />
      ) : (
        <>
          <StatusTabs filter={filter} stats={stats} />
          <SearchForm filter={filter} />
          {empty ? <NoMatch filter={filter} /> : <EventTable events={page.events} now={now} />}
          <PagesNav
            newest={filter.cursor === undefined ? undefined : listPath({ ...filter, cursor: undefined })}
            older={page.nextCursor === null ? undefined : listPath({ ...filter, cursor: page.nextCursor })}
          />
          <p class="footnote">
            <TimeZoneNote />{" "}
            {stats.duplicates > 0 && `${formatPlural(stats.duplicates, "duplicate")} not stored again.`}
          </p>
        </>
      )}
    </Layout>
  );
}

function listTitle({ status, q, cursor }: ListFilter): string {
  const parts = [status === undefined ? "Events" : `${statusName(status)} events`];
  if (q !== undefined) parts.push(`search ${visibleText(q)}`);
  if (cursor !== undefined) parts.push("older");
  return parts.join(", ");
}
