import {
  type AttributionKey,
  attributionKeys,
  type AttributionModel,
  type AttributionQuery,
} from "@sessionhook/core";
import { dayMs, dayText, readDay } from "../format/day.js";

/** Ranges that end today, in days. */
export const presets = [7, 30, 90] as const;
export type Preset = (typeof presets)[number];

/** Selection of the page: part of its address. */
export interface AttributionView {
  readonly model: AttributionModel;
  readonly by: AttributionKey;
  /** Undefined for other ranges. */
  readonly days: Preset | undefined;
  /** First and last day, each as the Unix milliseconds of its beginning in UTC. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Reads the view from query parameters. Whatever is not valid counts as absent: last touch, source, 30 days. */
export function readAttributionView(query: Readonly<Record<string, string>>, now: number): AttributionView {
  const today = Math.floor(now / dayMs) * dayMs;
  const model = query["model"] === "first" ? "first" : "last";
  const by = attributionKeys.find((key) => key === query["by"]) ?? "source";
  const [from, to] = [readDay(query["from"]), readDay(query["to"])];
  if (from !== undefined || to !== undefined) {
    const ends = [from ?? to ?? today, to ?? today];
    return { model, by, days: undefined, firstDay: Math.min(...ends), lastDay: Math.max(...ends) };
  }
  const days = presets.find((preset) => String(preset) === query["days"]) ?? 30;
  return { model, by, days, firstDay: today - (days - 1) * dayMs, lastDay: today };
}

/** Returns the path of the page, or of its file, with this view and these changes. */
export function attributionPath(
  view: AttributionView,
  change: Partial<Pick<AttributionView, "model" | "by">> & { readonly days?: Preset } = {},
  path: "/attribution" | "/attribution.csv" = "/attribution",
): string {
  const { model, by, days, firstDay, lastDay } = { ...view, ...change };
  const query = new URLSearchParams({ by, model });
  if (days !== undefined) query.set("days", String(days));
  else {
    query.set("from", dayText(firstDay));
    query.set("to", dayText(lastDay));
  }
  return `${path}?${query}`;
}

/** Returns the query for the store. */
export function attributionQuery(
  { model, by, firstDay, lastDay }: AttributionView,
  limit: number,
): AttributionQuery {
  return { model, by, from: firstDay, to: lastDay + dayMs, limit };
}
