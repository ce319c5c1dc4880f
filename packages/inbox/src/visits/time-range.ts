import { type Query, readChoice } from "./query.js";

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

/** A range up to now, or one between two days or instants, which links such as those of charts have. */
export interface TimeRange {
  readonly time?: RangeName | undefined;
  /** `2026-03-01` (UTC) or Unix milliseconds, as in the address. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Reads `time`, `from` and `to`. Values that are no time count as absent; `from` and `to` have precedence. */
export function readTimeRange(query: Query): TimeRange {
  const from = instantOf(query["from"]) === undefined ? undefined : query["from"];
  const to = instantOf(query["to"]) === undefined ? undefined : query["to"];
  if (from !== undefined || to !== undefined) return { from, to };
  return { time: readChoice(query, "time", rangeNames) };
}

/** Returns the range in Unix milliseconds: from inclusive, to exclusive. */
export function boundsOf(
  range: TimeRange,
  now: number,
): { from?: number | undefined; to?: number | undefined } {
  if (range.time !== undefined) return { from: now - timeRanges[range.time].ms };
  return { from: instantOf(range.from), to: instantOf(range.to) };
}

function instantOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
