import { attributionKeys, type DerivationStatus, type RowPage } from "@sessionhook/core";
import type { Child } from "hono/jsx";
import { DaysProblem } from "../components/days-problem.js";
import { DerivationNote } from "../components/derivation-note.js";
import { ExportLinks } from "../components/export-links.js";
import { FilterForm } from "../components/filter-form.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { ListTotal } from "../components/list-total.js";
import { NothingYet } from "../components/nothing-yet.js";
import { PageEnd } from "../components/page-end.js";
import { summaryScopes } from "../components/summary-scopes.js";
import { type FilterValues, VisitFilters } from "../components/visit-filters.js";
import { visibleText } from "../components/visible-text.js";
import { TimeZoneNote } from "../components/time-zone-note.js";
import { formatPlural } from "../format/number.js";
import { summaryListPath, type SummaryListFilter } from "../visits/summary-list-filter.js";
import { rangeProblem } from "../visits/time-range.js";

interface Kind {
  readonly path: "/people" | "/companies";
  readonly title: string;
  readonly one: string;
  readonly many: "people" | "companies";
  readonly placeholder: string;
  /** The texts whose words a search finds. */
  readonly searched: string;
}

export interface SummaryListPageProps<Row> {
  readonly filter: SummaryListFilter;
  readonly page: RowPage<Row>;
  readonly values: FilterValues;
  readonly status: DerivationStatus;
  readonly now: number;
}

interface FrameProps extends SummaryListPageProps<unknown> {
  readonly kind: Kind;
  /** Name of the company that the filter selects. */
  readonly companyName?: string | null | undefined;
  /** The table. */
  readonly children: Child;
}

/** Renders the frame of the lists of people and of companies. */
export function SummaryListPage({
  kind,
  filter,
  page,
  values,
  status,
  now,
  companyName,
  children,
}: FrameProps) {
  const { path, title, one, many } = kind;
  const { cursor, ...first } = filter;
  const filtered = Object.values(first).some((value) => value !== undefined);
  const empty = page.rows.length === 0;
  const problem = rangeProblem(filter);
  const total = status[many];
  return (
    <Layout title={titleOf(title, filter)} signedIn={true} current={path} light={true}>
      <div class="list-head">
        <h1>{title}</h1>
        {problem === undefined && (
          <ListTotal
            page={page}
            later={cursor !== undefined}
            filtered={filtered}
            one={one}
            many={many}
            totals={total > 0 ? `${formatPlural(total, one, many)} in all` : ""}
          />
        )}
        {!(empty && page.examinedTo === null) && <ExportLinks list={many} filter={{ ...filter }} />}
      </div>
      <DerivationNote status={status} now={now} />
      {empty && total === 0 && !filtered ? (
        <NothingYet what={many} incomplete={status.incomplete} />
      ) : (
        <>
          <FilterForm
            action={path}
            q={filter.q}
            placeholder={kind.placeholder}
            scopes={summaryScopes(path, filter, companyName)}
            filtered={filtered}
          >
            <VisitFilters filter={filter} values={values} touch="last" />
          </FilterForm>
          {!empty && touchOf(filter) === "last" && (
            <p class="note selected-by">
              The filter selects by the last touch, so the rows show the last touch.
            </p>
          )}
          {!empty && children}
          {problem !== undefined ? (
            <DaysProblem
              problem={problem}
              pathWith={(range) => summaryListPath(path, { ...first, ...range })}
            />
          ) : (
            empty && page.examinedTo === null && <NoMatch kind={kind} />
          )}
          <PageEnd
            newest={cursor === undefined ? undefined : summaryListPath(path, first)}
            older={
              page.nextCursor === null
                ? undefined
                : summaryListPath(path, { ...first, cursor: page.nextCursor })
            }
            examinedTo={page.examinedTo}
            now={now}
          />
          <p class="footnote">
            <TimeZoneNote /> Time, source, campaign and country of a filter are those of the last session.
            Days begin at midnight UTC. Sessions of bots are counted.
          </p>
        </>
      )}
    </Layout>
  );
}

/** Returns the touch that the rows show: the one that the filter compares. */
export function touchOf(filter: SummaryListFilter): "first" | "last" {
  return attributionKeys.some((key) => filter[key] !== undefined) ? "last" : "first";
}

function titleOf(title: string, { q, cursor }: SummaryListFilter): string {
  const parts = [title];
  if (q !== undefined) parts.push(`search ${visibleText(q)}`);
  if (cursor !== undefined) parts.push("older");
  return parts.join(", ");
}

function NoMatch({ kind: { path, many, searched } }: { readonly kind: Kind }) {
  return (
    <div class="empty">
      <h2>No matching {many}</h2>
      <p>
        None of the {many} has everything that you chose. A search finds beginnings of words: of {searched}.
      </p>
      <p class="actions">
        <Link class="button" to={path}>
          Clear all filters
        </Link>
      </p>
    </div>
  );
}
