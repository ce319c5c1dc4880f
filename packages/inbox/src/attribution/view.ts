import {
  type AttributionKey,
  attributionKeys,
  type AttributionModel,
  type AttributionQuery,
} from "@sessionhook/core";
import { dayMs, readDay } from "../format/day.js";
import { pathWith, type Query, readExact } from "../visits/query.js";
import { hasDays, type RangeProblem, rangeProblem, type TimeRange } from "../visits/time-range.js";

/** Ranges that end today, in days. */
export const presets = [7, 30, 90] as const;
export type Preset = (typeof presets)[number];

/** Selection of the page: part of its address. */
export interface AttributionView {
  readonly model: AttributionModel;
  readonly by: AttributionKey;
  /** Undefined for other ranges. */
  readonly days: Preset | undefined;
  /** First and last day, as in the address; empty for a preset. */
  readonly range: TimeRange;
  /** First and last day, each as the Unix milliseconds of its beginning in UTC. Without a first one, everything until the last. */
  readonly firstDay: number | undefined;
  readonly lastDay: number;
  /** Set if the days of the address select nothing. */
  readonly problem: RangeProblem | undefined;
}

/**
 * Reads the view from query parameters. Other models, properties and numbers of days than the ones offered count as absent: first
 * touch, source, 30 days. Days have the meaning that they have for lists.
 */
export function readAttributionView(query: Query, now: number): AttributionView {
  const today = Math.floor(now / dayMs) * dayMs;
  const model = query["model"] === "last" ? "last" : "first";
  const by = attributionKeys.find((key) => key === query["by"]) ?? "source";
  const range = { from: readExact(query, "from"), to: readExact(query, "to") };
  if (hasDays(range)) {
    const problem = rangeProblem(range);
    const lastDay = readDay(range.to) ?? today;
    return { model, by, days: undefined, range, firstDay: readDay(range.from), lastDay, problem };
  }
  const days = presets.find((preset) => String(preset) === query["days"]) ?? 30;
  const firstDay = today - (days - 1) * dayMs;
  return { model, by, days, range: {}, firstDay, lastDay: today, problem: undefined };
}

/** Returns the path of the page, or of its file, with this view and these changes. */
export function attributionPath(
  view: AttributionView,
  change: Partial<Pick<AttributionView, "model" | "by" | "range">> & { readonly days?: Preset } = {},
  path: "/attribution" | "/attribution.csv" = "/attribution",
): string {
  const { model, by, days, range } = { ...view, ...change };
  const own = days === undefined ? { from: range.from, to: range.to } : { days: String(days) };
  return pathWith(path, { by, model, ...own });
}

/** Returns the query for the store. It selects nothing if the days have a problem. */
export function attributionQuery(
  { model, by, firstDay, lastDay, problem }: AttributionView,
  limit: number,
): AttributionQuery {
  const bounds = problem === undefined ? { from: firstDay, to: lastDay + dayMs } : { from: 0, to: 0 };
  return { model, by, ...bounds, limit };
}
