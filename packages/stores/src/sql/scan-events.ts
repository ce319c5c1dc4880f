import type { ScanPage, ScanQuery } from "@sessionhook/core";
import { arrivalOf, checkLimit, positionAfter, rowsWithin } from "../page.js";
import { prefixRange } from "./prefix.js";
import { type EventRow, eventOf, type SummaryRow } from "./rows.js";
import { bodiesSql, scanSql } from "./scan-events-sql.js";
import type { SqlQueries, SqlQuery } from "./sql-query.js";

/** Rows examined for one page when a prefix filters them, so that a rare prefix cannot block the caller. */
const maxExamined = 4096;

/** Finds a page of the event log. */
export function* scanEvents(query: ScanQuery): SqlQueries<ScanPage> {
  checkLimit(query.limit);
  const after = arrivalOf(query.after);
  const { rows, position, end } = yield* summaries(query, after);
  const taken = rows.slice(0, rowsWithin(rows.map(({ size }) => size)));
  const last = taken.at(-1);
  if (last === undefined) return { events: [], position: positionAfter(position), end };
  const seqs = JSON.stringify(taken.map(({ seq }) => seq));
  const found = (yield { sql: bodiesSql, parameters: { seqs } }) as EventRow[];
  const cut = taken.length < rows.length;
  return {
    events: found.map(eventOf),
    position: positionAfter(cut ? last.seq : position),
    end: end && !cut,
  };
}

interface Summaries {
  readonly rows: readonly Pick<SummaryRow, "seq" | "size">[];
  /** Arrival number of the last row examined. */
  readonly position: number;
  readonly end: boolean;
}

function* summaries(query: ScanQuery, after: number): SqlQueries<Summaries> {
  const { status, type, q = "", limit } = query;
  const filter: SqlQuery["parameters"] = {
    ...(status === undefined ? {} : { status }),
    ...(type === undefined ? {} : { type }),
  };
  const take = q === "" ? limit + 1 : maxExamined;
  const range = q === "" ? {} : prefixRange(q);
  const sql = scanSql(query);
  const examined = (yield { sql, parameters: { ...filter, ...range, after, take } }) as (Pick<
    SummaryRow,
    "seq" | "size"
  > & { readonly fits: number })[];
  const rows = examined.filter(({ fits }) => fits === 1).slice(0, limit);
  const full = rows.length === limit && rows.at(-1) !== examined.at(-1);
  const position = (full ? rows.at(-1) : examined.at(-1))?.seq ?? after;
  return { rows, position, end: !full && examined.length < take };
}
