import type { DerivationStatus, RowPage, SessionRow } from "@sessionhook/core";
import { Choice } from "../components/choice.js";
import { DaysProblem } from "../components/days-problem.js";
import { DerivationNote } from "../components/derivation-note.js";
import { ExportLinks } from "../components/export-links.js";
import { FilterForm } from "../components/filter-form.js";
import { Layout } from "../components/layout.js";
import { Link, useHref } from "../components/link.js";
import { ListTotal } from "../components/list-total.js";
import { NothingYet } from "../components/nothing-yet.js";
import { PageEnd } from "../components/page-end.js";
import { sessionScopes } from "../components/session-scopes.js";
import { SessionTable } from "../components/session-table.js";
import { type FilterValues, VisitFilters } from "../components/visit-filters.js";
import { visibleText } from "../components/visible-text.js";
import { TimeZoneNote } from "../components/time-zone-note.js";
import { formatPlural } from "../format/number.js";
import {
  isFiltered,
  selectsSome,
  sessionListPath,
  type SessionListFilter,
} from "../visits/session-list-filter.js";
import { rangeProblem } from "../visits/time-range.js";

export interface SessionsPageProps {
  readonly filter: SessionListFilter;
  readonly page: RowPage<SessionRow>;
  readonly values: FilterValues;
  readonly status: DerivationStatus;
  readonly now: number;
}

/** Renders the list of sessions, or the next steps for an empty store. */
export function SessionsPage({ filter, page, values, status, now }: SessionsPageProps) {
  const { rows, nextCursor, examinedTo } = page;
  const { cursor, ...first } = filter;
  const filtered = isFiltered(filter);
  const some = selectsSome(filter);
  const empty = rows.length === 0 && examinedTo === null;
  const problem = rangeProblem(filter);
  return (
    <Layout title={titleOf(filter)} signedIn={true} current="/" light={true}>
      <div class="list-head">
        <h1>Sessions</h1>
        {problem === undefined && (
          <ListTotal
            page={page}
            later={cursor !== undefined}
            filtered={some}
            one="session"
            many="sessions"
            totals={totalsOf(status, some)}
          />
        )}
        {!empty && <ExportLinks list="sessions" filter={{ ...filter }} />}
        {cursor === undefined && problem === undefined && (
          <span class="live" hidden data-live={useHref(sessionListPath(first, "/live/sessions"))}>
            Live
          </span>
        )}
      </div>
      <DerivationNote status={status} now={now} />
      {status.sessions === 0 && !filtered && rows.length === 0 ? (
        <NothingYet what="sessions" incomplete={status.incomplete} />
      ) : (
        <>
          <FilterForm
            action="/"
            q={filter.q}
            placeholder="Name, e-mail, company, domain or id"
            scopes={sessionScopes(filter, rows)}
            filtered={filtered}
          >
            <VisitFilters filter={filter} values={values} />
            <Choice
              name="visitor"
              label="Visitor"
              chosen={filter.visitor}
              options={[
                { value: "", name: "Anyone" },
                { value: "identified", name: "Identified" },
                { value: "anonymous", name: "Anonymous" },
              ]}
            />
            <Choice
              name="bots"
              label="Bots"
              chosen={filter.bots}
              options={[
                { value: "", name: "Bots hidden" },
                { value: "all", name: "Bots shown" },
                { value: "only", name: "Bots only" },
              ]}
            />
          </FilterForm>
          <div class="arrivals" role="status">
            <Link class="arrivals-button" hidden to={sessionListPath(first)}></Link>
          </div>
          {problem !== undefined ? (
            <DaysProblem problem={problem} pathWith={(range) => sessionListPath({ ...first, ...range })} />
          ) : empty ? (
            <NoMatch filter={filter} />
          ) : rows.length === 0 ? (
            <></>
          ) : (
            <SessionTable sessions={rows} now={now} />
          )}
          <PageEnd
            newest={cursor === undefined ? undefined : sessionListPath(first)}
            older={nextCursor === null ? undefined : sessionListPath({ ...first, cursor: nextCursor })}
            examinedTo={examinedTo}
            now={now}
          />
          <p class="footnote">
            <TimeZoneNote /> Days of a filter begin at midnight UTC.
          </p>
        </>
      )}
    </Layout>
  );
}

/** Returns the totals of sessions and, beside an unfiltered list, of people and companies. */
function totalsOf({ sessions, people, companies }: DerivationStatus, filtered: boolean): string {
  if (sessions === 0) return "";
  const all = `${formatPlural(sessions, "session")} in all, bots included`;
  if (filtered) return all;
  return `${all} · ${formatPlural(people, "person", "people")} · ${formatPlural(companies, "company", "companies")}`;
}

function titleOf({ q, cursor }: SessionListFilter): string {
  const parts = ["Sessions"];
  if (q !== undefined) parts.push(`search ${visibleText(q)}`);
  if (cursor !== undefined) parts.push("older");
  return parts.join(", ");
}

function NoMatch({ filter }: { readonly filter: SessionListFilter }) {
  const { bots, cursor, ...rest } = filter;
  const filtered = isFiltered(filter);
  return (
    <div class="empty">
      <h2>{filtered || cursor !== undefined ? "No matching sessions" : "Only bots so far"}</h2>
      <p>
        {filtered
          ? "No session has everything that you chose. A search finds beginnings of words: of a name, an e-mail address, a company or a domain, and the beginning of an id."
          : "Sessions that were judged to be of a bot are hidden."}
      </p>
      <p class="actions">
        {bots === undefined && (
          <Link class="button" to={sessionListPath({ ...rest, bots: "all" })}>
            Show bots too
          </Link>
        )}
        {filtered && (
          <Link class="button" to="/">
            Clear all filters
          </Link>
        )}
      </p>
    </div>
  );
}
