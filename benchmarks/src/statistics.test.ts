import { expect, test } from "vitest";
import { median, percentile, ratios, spread } from "./statistics.ts";

test("median handles odd and even counts in any order", () => {
  expect(median([30, 10, 20])).toBe(20);
  expect(median([40, 10, 30, 20])).toBe(25);
});

test("spread shows the median and the extremes, and a single value alone", () => {
  expect(spread([3, 1, 2.04], 1)).toBe("2.0 (1.0–3.0)");
  expect(spread([7])).toBe("7");
});

test("percentile returns one of the values", () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(percentile(values, 50)).toBe(100);
  expect(percentile(values, 99)).toBe(198);
  expect(percentile(values, 100)).toBe(200);
  expect(percentile([5], 1)).toBe(5);
});

test("ratios are computed round by round", () => {
  expect(ratios([10, 30], [20, 10])).toEqual([0.5, 3]);
});
