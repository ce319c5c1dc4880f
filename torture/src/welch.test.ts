import { expect, it } from "vitest";
import { croppedT, welch } from "./welch.ts";

/** Returns pseudo-random numbers around `mean`, some of them very large, as on a busy machine. */
function noisy(mean: number, seed: number, count = 4000): number[] {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return Array.from({ length: count }, () => mean + 10 * next() + (next() < 0.05 ? 5000 * next() : 0));
}

it("returns Welch's t of two small samples, compared with a manual calculation", () => {
  // Means 2 and 5, variances 1 and 1, three each: -3 / sqrt(1/3 + 1/3).
  expect(welch([1, 2, 3], [4, 5, 6])).toBeCloseTo(-3.6742, 4);
});

it("finds no difference between samples of the same kind", () => {
  for (let seed = 1; seed <= 20; seed++)
    expect(Math.abs(croppedT(noisy(100, seed), noisy(100, seed + 1000)))).toBeLessThan(6);
});

it("finds a difference of one in a hundred under long outliers, and its direction", () => {
  expect(croppedT(noisy(100, 1), noisy(101, 2))).toBeLessThan(-10);
  expect(croppedT(noisy(101, 1), noisy(100, 2))).toBeGreaterThan(10);
});
