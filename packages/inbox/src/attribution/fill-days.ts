import type { AttributionTable } from "@sessionhook/core";
import { dayMs } from "../format/day.js";
import type { AttributionView } from "./view.js";

export type Day = AttributionTable["days"][number];

/** Days of the chart; longer ranges show their last ones. */
const maxDays = 400;

/** Returns every day of the range, oldest first, also those without a session. */
export function fillDays(
  days: AttributionTable["days"],
  { firstDay, lastDay }: AttributionView,
): readonly Day[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const count = Math.min(maxDays, Math.round((lastDay - firstDay) / dayMs) + 1);
  return Array.from({ length: count }, (_, i) => {
    const day = lastDay - (count - 1 - i) * dayMs;
    return known.get(day) ?? { day, sessions: 0, people: 0 };
  });
}
