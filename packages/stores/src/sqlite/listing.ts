import type { EventPage, ListQuery } from "@sessionhook/core";
import { checkLimit, cursorBefore, positionOf } from "../page.js";
import { countPrefixSql, lastCandidateSql, pageByPrefixSql, pageSql } from "./list-sql.js";
import { prefixRange } from "./prefix.js";
import { type SummaryRow, summaryOf } from "./rows.js";

/** A prefix with fewer rows than this is read whole and sorted. */
const fewRows = 5000;
/** With more rows, the prefix is looked for among this many of the next rows first. */
const candidateRows = 20_000;

/** One question to the database; `:name` in `sql` stands for the parameter of that name. */
export interface Question {
  readonly sql: string;
  readonly parameters: Record<string, string | number | Uint8Array>;
}

/**
 * How a page of the list is found: yields questions, is handed their rows, and returns the page. The
 * caller runs them, at once (node:sqlite) or over the network (D1). Never reads the table of bodies.
 */
export function* listing(query: ListQuery): Generator<Question, EventPage, unknown[]> {
  checkLimit(query.limit);
  // One row more than asked for tells whether there is a next page.
  const rows = yield* pageRows(query, positionOf(query.cursor), query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const more = rows.length > page.length && last !== undefined;
  return { events: page.map(summaryOf), nextCursor: more ? cursorBefore(last.seq) : null };
}

function* pageRows(
  query: ListQuery,
  before: number,
  take: number,
): Generator<Question, SummaryRow[], unknown[]> {
  const filter: Question["parameters"] = { before };
  if (query.status !== undefined) filter["status"] = query.status;
  if (query.type !== undefined) filter["type"] = query.type;
  if (query.q === undefined || query.q === "") {
    const parameters = { ...filter, take, candidates: take };
    return (yield { sql: pageSql(query, false), parameters }) as SummaryRow[];
  }

  const range = { ...prefixRange(query.q) };
  const count = yield { sql: countPrefixSql, parameters: { ...range, most: fewRows } };
  if (rowCount(count) === fewRows) {
    const candidates = candidateRows;
    const parameters = { ...filter, ...range, take, candidates };
    const rows = (yield { sql: pageSql(query, true), parameters }) as SummaryRow[];
    const seen = yield { sql: lastCandidateSql(query), parameters: { ...filter, candidates } };
    if (rows.length === take || rowCount(seen) < candidates) return rows;
  }
  const parameters = { ...filter, ...range, take };
  return (yield { sql: pageByPrefixSql(query), parameters }) as SummaryRow[];
}

function rowCount(rows: unknown[]): number {
  return Number((rows[0] as { rows?: unknown } | undefined)?.rows);
}
