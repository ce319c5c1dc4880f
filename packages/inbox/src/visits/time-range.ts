import { dayMs, readDay } from "../format/day.js";
import { type Query, readChoice, readExact } from "./query.js";

const hour = 3_600_000;

/** Ranges of the filter for time, by their value in an address. */
export const timeRanges = {
  "1h": { name: "Last hour", ms: hour },
  "24h": { name: "Last 24 hours", ms: 24 * hour },
  "7d": { name: "Last 7 days", ms: 7 * 24 * hour },
  "30d": { name: "Last 30 days", ms: 30 * 24 * hour },
  "90d": { name: "Last 90 days", ms: 90 * 24 * hour },
} as const;

export type RangeName = keyof typeof timeRanges;
export const rangeNames = Object.keys(timeRanges) as readonly RangeName[];

/** A range up to now, or one of whole days. */
export interface TimeRange {
  readonly time?: RangeName | undefined;
  /** First and last day in UTC, as in the address: `2026-03-01`, or a text that is not a day. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Reads `time`, `from` and `to`. Days have precedence over `time`, because they were entered later; `instead` has precedence
 * over days: it is the name of the choice while the form has days.
 */
export function readTimeRange(query: Query): TimeRange {
  const instead = readChoice(query, "instead", ["any", ...rangeNames]);
  if (instead !== undefined) return { time: instead === "any" ? undefined : instead };
  const [from, to] = [readExact(query, "from"), readExact(query, "to")];
  if (from !== undefined || to !== undefined) return { from, to };
  return { time: readChoice(query, "time", rangeNames) };
}

export function hasDays({ from, to }: TimeRange): boolean {
  return from !== undefined || to !== undefined;
}

/** A reason for which days select nothing. */
export type RangeProblem = { readonly notADay: string } | { readonly swapped: Required<TimeRange> };

export function rangeProblem({ from, to }: TimeRange): RangeProblem | undefined {
  for (const text of [from, to])
    if (text !== undefined && readDay(text) === undefined) return { notADay: text };
  // Texts of this form sort like the days.
  return from === undefined || to === undefined || from <= to
    ? undefined
    : { swapped: { time: undefined, from: to, to: from } };
}

/** Returns the range in Unix milliseconds: from inclusive, to exclusive. It is empty for days with a problem. */
export function boundsOf(
  range: TimeRange,
  now: number,
): { from?: number | undefined; to?: number | undefined } {
  if (range.time !== undefined) return { from: now - timeRanges[range.time].ms };
  if (rangeProblem(range) !== undefined) return { from: 0, to: 0 };
  const last = readDay(range.to);
  return { from: readDay(range.from), to: last === undefined ? undefined : last + dayMs };
}
