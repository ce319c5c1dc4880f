import type { EventPage, ListQuery } from "@sessionhook/core";
import { checkLimit, cursorBefore, positionOf } from "../page.js";
import {
  candidatePageSql,
  countPrefixSql,
  newestInPrefixSql,
  pageByPrefixSql,
  pageSql,
} from "./list-events-sql.js";
import { prefixRange } from "./prefix.js";
import { type SummaryRow, summaryOf } from "./rows.js";
import type { SqlQueries, SqlQuery } from "./sql-query.js";

/** A prefix with fewer rows than this is read completely and sorted. */
const fewRows = 10_000;
/** For a more frequent prefix, the next rows in list order are searched in steps that double up to `mostCandidates`. */
const fewestCandidates = 128;
const mostCandidates = 4096;
/** After this many rows, or this many steps, the prefix is read completely after all. */
const enoughCandidates = 20_000;
const enoughSearches = 64;
/** With more different id heads than this, visiting them costs more than it saves. */
const manyHeads = 256;

export interface ListOptions {
  /** True when the database has the index `events_by_head`. */
  readonly heads: boolean;
}

/**
 * Finds a page of the list. The caller runs the queries, synchronously (node:sqlite) or over the network (D1).
 * Never reads the table of bodies.
 */
export function* listEvents(query: ListQuery, { heads }: ListOptions): SqlQueries<EventPage> {
  checkLimit(query.limit);
  // One extra row shows whether there is a next page.
  const rows = yield* pageRows(query, positionOf("events", query.cursor), query.limit + 1, heads);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const more = rows.length > page.length && last !== undefined;
  return { events: page.map(summaryOf), nextCursor: more ? cursorBefore("events", last.seq) : null };
}

function* pageRows(query: ListQuery, before: number, take: number, heads: boolean): SqlQueries<SummaryRow[]> {
  const filter: SqlQuery["parameters"] = {};
  if (query.status !== undefined) filter["status"] = query.status;
  if (query.type !== undefined) filter["type"] = query.type;
  if (query.q === undefined || query.q === "")
    return (yield { sql: pageSql(query), parameters: { ...filter, before, take } }) as SummaryRow[];

  const range = { ...prefixRange(query.q) };
  const count = yield { sql: countPrefixSql, parameters: { ...range, most: fewRows } };
  if ((count[0] as { rows: number }).rows === fewRows) {
    const rows = yield* pageAmongCandidates(query, { ...filter, ...range }, before, take, heads);
    if (rows !== undefined) return rows;
  }
  return (yield {
    sql: pageByPrefixSql(query),
    parameters: { ...filter, ...range, before, take },
  }) as SummaryRow[];
}

/**
 * Searches for the prefix in list order, a number of candidate rows at a time. Ids that begin with the time, such as the
 * provider's, allow it to skip ranges without a match. Returns undefined when it gives up.
 */
function* pageAmongCandidates(
  query: ListQuery,
  wanted: SqlQuery["parameters"],
  start: number,
  take: number,
  heads: boolean,
): SqlQueries<SummaryRow[] | undefined> {
  const sql = candidatePageSql(query);
  const found: SummaryRow[] = [];
  let [before, candidates, seen, jumping] = [start, fewestCandidates, 0, heads];
  for (let searches = 0; seen < enoughCandidates && searches < enoughSearches; searches++) {
    if (jumping) {
      const newest = yield* newestInPrefix(wanted, before);
      if (newest === null) return found;
      jumping = newest !== undefined;
      if (newest !== undefined && newest + 1 < before) [before, candidates] = [newest + 1, fewestCandidates];
    }
    const parameters = { ...wanted, before, candidates, take: take - found.length };
    const rows = (yield { sql, parameters }) as (SummaryRow & { readonly fits: number })[];
    found.push(...rows.filter(({ fits }) => fits === 1));
    const last = rows.at(-1);
    if (last === undefined || found.length === take) return found;
    before = last.seq;
    seen += candidates;
    candidates = Math.min(mostCandidates, candidates * 2);
  }
  return undefined;
}

/**
 * Returns the `seq` of the newest row below `before` that may have the prefix; no row between the two has it. Returns null
 * when no row below `before` has the prefix, and undefined when there are too many id heads to decide.
 */
function* newestInPrefix(
  { from, to }: SqlQuery["parameters"],
  before: number,
): SqlQueries<number | null | undefined> {
  const parameters = { from: from as string, to: to as string | Uint8Array, before, most: manyHeads };
  const [row] = (yield { sql: newestInPrefixSql, parameters }) as { heads: number; newest: number | null }[];
  return row === undefined || row.heads >= manyHeads - 1 ? undefined : row.newest;
}
