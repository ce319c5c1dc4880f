import type { AttributionKey, AttributionQuery, AttributionTable } from "@sessionhook/core";
import {
  attributionKeys,
  AttributionSums,
  checkAttribution,
  coarseDays,
  type Counts,
  dayMs,
  firstCoarse,
  maxValues,
} from "../../facts/attribution.js";
import type { Statements } from "../statements.js";
import { livePrefix } from "./generation.js";
import { type Piece, piecesOf, type Range } from "./pieces.js";
import { byAll, spans } from "./visit-sums.js";

/** Later than every session. */
const farDay = 2 ** 31;

interface Sum extends Counts {
  readonly value: string;
  readonly day: number;
}

/** Sums up whole days from `visits`, and counts the rows of the parts of days at the ends of the range. */
export function attribution(statements: Statements, query: AttributionQuery): AttributionTable {
  checkAttribution(query);
  const g = livePrefix(statements);
  const from = Math.max(0, Math.ceil(query.from ?? 0));
  const to = Math.min(farDay * dayMs, Math.max(from, Math.ceil(query.to ?? farDay * dayMs)));
  const sums = new AttributionSums();
  const { units: days, pieces } = piecesOf({ from, to }, dayMs);
  if (days.from < days.to) addDays(statements, g, query, days, sums);
  for (const piece of pieces) addPartOfDay(statements, g, query, piece, sums);
  return sums.table(query.limit);
}

/** @param days numbers of days since 1970 */
function addDays(
  statements: Statements,
  g: string,
  { model, by }: AttributionQuery,
  days: Range,
  sums: AttributionSums,
): void {
  const ranges = rangesOf(days, spans.toReversed());
  const rows = statements.all<Sum>(
    `SELECT value, sum(sessions) AS sessions, sum(people) AS people, sum(companies) AS companies FROM (${ranges
      .map(
        () => `SELECT value, sessions, ${model}_people AS people, ${model}_companies AS companies FROM ${g}_visits
          WHERE by = ? AND span = ? AND at >= ? AND at < ?`,
      )
      .join(" UNION ALL ")}) GROUP BY value`,
    ...ranges.flatMap(({ span, from, to }) => [attributionKeys.indexOf(by), span, from, to]),
  );
  for (const { value, ...counts } of rows) sums.addValue(value, counts);
  const series = statements.all<Sum>(
    `SELECT at AS day, sessions, ${model}_people AS people FROM ${g}_visits
      WHERE by = ${byAll} AND span = 1 AND at >= ? AND at < ?`,
    days.from,
    days.to,
  );
  for (const { day, ...counts } of series) sums.addDay(day, counts);
}

interface SpanRange extends Range {
  readonly span: number;
}

/**
 * Divides a range of days into ranges of spans, as long as they fit into it. With those at the nearest borders, as for parts of
 * days, keys of many values took longer: a longer span has nearly as many of them as its days.
 */
function rangesOf({ from, to }: Range, [span, ...shorter]: readonly number[]): readonly SpanRange[] {
  if (span === undefined || from >= to) return [];
  const within = { span, from: Math.ceil(from / span), to: Math.floor(to / span) };
  if (within.from >= within.to) return rangesOf({ from, to }, shorter);
  return [
    ...rangesOf({ from, to: within.from * span }, shorter),
    within,
    ...rangesOf({ from: within.to * span, to }, shorter),
  ];
}

const columnOf = { landingPage: "landing_page" } as Readonly<Record<string, string>>;

/** Counts the sessions, people and companies of a part of a day. */
function addPartOfDay(
  statements: Statements,
  g: string,
  { model, by }: AttributionQuery,
  { from, to, sign }: Piece,
  sums: AttributionSums,
): void {
  const value = `coalesce(s.${columnOf[by] ?? by}, '') AS value`;
  const owners = (table: string) => `SELECT ${value}, count(*) AS count
    FROM ${g}_${table} AS o INDEXED BY ${g}_${table}_by_${model}_visit
    JOIN ${g}_sessions AS s ON s.number = o.${model}_visit
    WHERE o.${model}_visit_at >= ? AND o.${model}_visit_at < ? GROUP BY value`;
  const queries = {
    sessions: `SELECT ${value}, count(*) AS count FROM ${g}_sessions AS s INDEXED BY ${g}_sessions_by_time
      WHERE s.started_at >= ? AND s.started_at < ? AND s.bot = 0 GROUP BY value`,
    people: owners("people"),
    companies: owners("companies"),
  };
  for (const [name, sql] of Object.entries(queries))
    for (const row of statements.all<{ value: string; count: number }>(sql, from, to)) {
      sums.addValue(row.value, { [name]: sign * row.count });
      sums.addDay(Math.floor(from / dayMs), { [name]: sign * row.count });
    }
}

export function values(statements: Statements, by: AttributionKey): readonly string[] {
  const g = livePrefix(statements);
  const newest = statements.get<{ day: number | null }>(
    `SELECT max(at) AS day FROM ${g}_visits WHERE by = ${byAll} AND span = 1 AND sessions > 0`,
  );
  const rows = statements.all<{ value: string }>(
    `SELECT value, sum(sessions) AS sessions FROM ${g}_visits
      WHERE by = ? AND span = ${coarseDays} AND at >= ? AND value <> '' GROUP BY value HAVING sum(sessions) > 0
      ORDER BY sum(sessions) DESC, value LIMIT ${maxValues}`,
    attributionKeys.indexOf(by),
    firstCoarse(newest?.day ?? 0),
  );
  return rows.map(({ value }) => value);
}
