import { expect, test } from "vitest";
import { dayText, readDay } from "../format/day.js";
import { fillDays } from "./fill-days.js";

const at = (day: string) => readDay(day) ?? Number.NaN;
const now = at("2026-03-01") + 43_200_000;
const one = { day: at("2026-02-27"), sessions: 3, people: 1 };

test.each([
  ["1970-01-01", "2100-01-01", ["2025-01-26", "2026-03-01"], true],
  ["2026-02-20", "2026-02-28", ["2026-02-20", "2026-02-28"], false],
  [undefined, "2100-01-01", ["2026-02-27", "2026-03-01"], false],
  ["2026-03-02", "2100-01-01", [], false],
])("the chart of %s to %s ends today at the latest", (first, last, ends, cut) => {
  const view = { firstDay: first === undefined ? undefined : at(first), lastDay: at(last) };
  const chart = fillDays([one], view, now);
  const { days } = chart;
  expect([days[0], days.at(-1)].flatMap((day) => (day === undefined ? [] : dayText(day.day)))).toEqual(ends);
  expect(chart.cut).toBe(cut);
  expect(days.find(({ day }) => day === one.day)).toEqual(days.length === 0 ? undefined : one);
});
