import { Link, useHref } from "./link.js";
import { type EventStatus, eventStatuses, type StoreStats } from "@sessionhook/core";
import { formatCount } from "../format/number.js";
import { listPath, type ListFilter } from "../paths.js";
import { statusName } from "./status-badge.js";

/** Renders one link per status, with the number of its events. */
export function StatusTabs({ filter, stats }: { readonly filter: ListFilter; readonly stats: StoreStats }) {
  const counts: Readonly<Record<EventStatus, number>> = { ...stats, conflict: stats.conflicts };
  const total = eventStatuses.reduce((sum, status) => sum + counts[status], 0);
  return (
    <nav class="tabs" aria-label="Filter by status">
      <ul>
        {[undefined, ...eventStatuses].map((status) => (
          <li>
            <Link
              to={listPath({ status, q: filter.q })}
              aria-current={status === filter.status ? "page" : undefined}
            >
              {status === undefined ? "All" : statusName(status)}{" "}
              <span class="count">{formatCount(status === undefined ? total : counts[status])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function SearchForm({ filter }: { readonly filter: ListFilter }) {
  return (
    <search>
      <form class="search" method="get" action={useHref("/events")} autocomplete="off">
        {filter.status !== undefined && <input type="hidden" name="status" value={filter.status} />}
        <label for="q">Message id</label>
        <input
          id="q"
          name="q"
          type="search"
          value={filter.q ?? ""}
          placeholder="evt_…"
          autocapitalize="off"
          spellcheck={false}
        />
        <button type="submit">Search</button>
        {filter.q !== undefined && <Link to={listPath({ status: filter.status })}>Clear</Link>}
      </form>
    </search>
  );
}
