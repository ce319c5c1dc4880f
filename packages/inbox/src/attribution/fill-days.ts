import type { AttributionTable } from "@sessionhook/core";
import { dayMs } from "../format/day.js";
import type { AttributionView } from "./view.js";

export type Day = AttributionTable["days"][number];

/** Days of the chart; longer ranges show their last ones. */
export const maxDays = 400;

/** The days of the chart, oldest first, also those without a session. */
export interface ChartDays {
  readonly days: readonly Day[];
  /** True if the range has earlier days. */
  readonly cut: boolean;
}

/** Returns the days of the range until the day of `now`, from the first with a session if it has no beginning. */
export function fillDays(
  days: AttributionTable["days"],
  { firstDay = days[0]?.day, lastDay: chosen }: Pick<AttributionView, "firstDay" | "lastDay">,
  now: number,
): ChartDays {
  const known = new Map(days.map((day) => [day.day, day]));
  const lastDay = Math.min(chosen, Math.floor(now / dayMs) * dayMs);
  const all = Math.round((lastDay - (firstDay ?? lastDay)) / dayMs) + 1;
  const count = Math.max(0, Math.min(maxDays, all));
  const filled = Array.from({ length: count }, (_, i) => {
    const day = lastDay - (count - 1 - i) * dayMs;
    return known.get(day) ?? { day, sessions: 0, people: 0 };
  });
  return { days: filled, cut: all > maxDays };
}
