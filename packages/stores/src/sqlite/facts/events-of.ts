import type { EventsOfQuery, EventSummary, RowPage } from "@sessionhook/core";
import { cursorAfter, pageQuery } from "../../facts/cursor.js";
import { summaryColumns, summaryOf, type SummaryRow } from "../../sql/rows.js";
import type { Statements } from "../statements.js";
import { livePrefix } from "./generation.js";

/**
 * Returns a page of the events of a person and a company, newest first. Only one event of a session has its person and
 * company: the others are found through the session.
 */
export function listEventsOf(statements: Statements, query: EventsOfQuery): RowPage<EventSummary> {
  const { limit, after } = pageQuery("events", query);
  const g = livePrefix(statements);
  const owners = (
    [
      ["person", "people"],
      ["company", "companies"],
    ] as const
  ).flatMap(([column, table]) => {
    const key = query[column];
    return key === undefined ? [] : [{ column, table, key }];
  });
  const owned = (alias: string) =>
    owners
      .map(({ column, table }) => `${alias}.${column} = (SELECT number FROM ${g}_${table} WHERE key = ?)`)
      .join(" AND ");
  const keys = owners.map(({ key }) => key);
  const before = after?.at ?? Number.MAX_SAFE_INTEGER;
  // One extra row shows whether there is a next page.
  const sql = `SELECT ${summaryColumns} FROM events WHERE seq IN (SELECT seq FROM (
      SELECT e.seq FROM ${g}_sessions AS s JOIN ${g}_events AS e ON e.session = s.number
        WHERE ${owned("s")} AND e.seq < ?
      UNION ALL
      SELECT e.seq FROM ${g}_events AS e WHERE ${owned("e")} AND e.session IS NULL AND e.seq < ?
    ) ORDER BY seq DESC LIMIT ?) ORDER BY seq DESC`;
  const rows = statements.all<SummaryRow>(sql, ...keys, before, ...keys, before, limit + 1);
  const last = rows[limit - 1];
  const more = rows.length > limit && last !== undefined;
  const nextCursor = more ? cursorAfter("events", { at: last.seq, id: "" }) : null;
  return { rows: rows.slice(0, limit).map(summaryOf), nextCursor, examinedTo: null };
}
