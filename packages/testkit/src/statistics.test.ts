import { expect, test } from "vitest";
import { median, percentile } from "./statistics.js";

test("median handles odd and even counts in any order", () => {
  expect(median([30, 10, 20])).toBe(20);
  expect(median([40, 10, 30, 20])).toBe(25);
  expect(median([])).toBeNaN();
});

test("percentile returns one of the values", () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(percentile(values, 50)).toBe(100);
  expect(percentile(values, 99)).toBe(198);
  expect(percentile(values, 100)).toBe(200);
  expect(percentile([5], 1)).toBe(5);
  expect(percentile([], 50)).toBeNaN();
});
