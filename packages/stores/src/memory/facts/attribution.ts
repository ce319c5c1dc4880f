import type { AttributionKey, AttributionQuery, AttributionTable } from "@sessionhook/core";
import { AttributionSums, dayMs, maxValues, valueDays } from "../../facts/attribution.js";
import { compareText } from "../../facts/cursor.js";
import type { Tables } from "./tables.js";

export function attribution({ sessions, visits }: Tables, query: AttributionQuery): AttributionTable {
  const { model, by, from = -Infinity, to = Infinity, limit } = query;
  const sums = new AttributionSums();
  const add = (session: Tables["sessions"][number]["row"] | undefined, counted: object) => {
    if (session === undefined || session.startedAt < from || session.startedAt >= to) return;
    sums.addValue(session[by] ?? "", counted);
    sums.addDay(Math.floor(session.startedAt / dayMs), counted);
  };
  for (const { row } of sessions) if (!row.bot) add(row, { sessions: 1 });
  for (const [key, own] of visits.people)
    if (key !== "") add(own.at(model === "first" ? 0 : -1), { people: 1 });
  for (const [key, own] of visits.companies)
    if (key !== "") add(own.at(model === "first" ? 0 : -1), { companies: 1 });
  return sums.table(limit);
}

export function values({ sessions }: Tables, by: AttributionKey): readonly string[] {
  const human = sessions.filter(({ row }) => !row.bot);
  const newest = Math.floor((human[0]?.row.startedAt ?? 0) / dayMs);
  const counts = new Map<string, number>();
  for (const { row } of human) {
    const value = row[by];
    if (value === null || Math.floor(row.startedAt / dayMs) <= newest - valueDays) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one, few], [other, many]) => many - few || compareText(one, other))
    .slice(0, maxValues)
    .map(([value]) => value);
}
