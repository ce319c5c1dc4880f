import { expect, test } from "vitest";
import { ratios, spread } from "./statistics.ts";

test("spread shows the median and the extremes, and a single value alone", () => {
  expect(spread([3, 1, 2.04], 1)).toBe("2.0 (1.0–3.0)");
  expect(spread([7])).toBe("7");
});

test("ratios are computed round by round", () => {
  expect(ratios([10, 30], [20, 10])).toEqual([0.5, 3]);
});
