import { expect, test } from "vitest";
import {
  formatChange,
  formatCompact,
  formatCount,
  formatDollars,
  formatPlural,
  formatSize,
} from "./number.js";
import { formatRelative, formatSpan, formatUtc, toIso } from "./time.js";

test.each([
  [0, "just now"],
  [999, "just now"],
  [59_999, "59 s ago"],
  [60_000, "1 min ago"],
  [3_600_000, "1 h ago"],
  [86_400_000, "1 day ago"],
  [-172_800_000, "in 2 days"],
  [86_400_000 * 4000, "4,000 days ago"],
])("%d ms later it is %s", (later, text) => expect(formatRelative(1e12, 1e12 + later)).toBe(text));

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
  [999_949_999, "999.9 MB"],
  [1_834_556_416, "1.8 GB"],
])("%d bytes are %s", (bytes, text) => expect(formatSize(bytes)).toBe(text));

test("instants are formatted in UTC to the second, and impossible ones do not throw", () => {
  expect(formatUtc(1_772_366_280_999)).toBe("2026-03-01 11:58:00 UTC");
  expect([formatUtc(Number.NaN), formatUtc(1e300), toIso(1e300)]).toEqual([
    "not a date",
    "not a date",
    undefined,
  ]);
  expect([formatPlural(1, "event"), formatPlural(1200, "event")]).toEqual(["1 event", "1,200 events"]);
});

test.each([
  [-1234.4, "-1,234.4", "-1.23K", "-$1.23K", "−1,234.4%"],
  [999_999_999_999, "999,999,999,999", "1T", "$1T", "+999,999,999,999%"],
  [1.234e12, "1.23T", "1.23T", "$1.23T", "+1.23T%"],
  [9.99e14, "999T", "999T", "$999T", "+999T%"],
  [9.999e14, "1E15", "1E15", "$1E15", "+1E15%"],
  [1e300, "1E300", "1E300", "$1E300", "+1E300%"],
  [-1e300, "-1E300", "-1E300", "-$1E300", "−1E300%"],
])("%d is short as a count, an amount and a change", (number, ...texts) => {
  const format = [formatCount, formatCompact, formatDollars, formatChange];
  expect(format.map((formatNumber) => formatNumber(number))).toEqual(texts);
});

test("a span of 1e300 seconds is short", () => expect(formatSpan(1e300)).toBe("1.16E295 d"));
