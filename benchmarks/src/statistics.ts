import { median } from "@sessionhook/testkit";

/** Formats the median and the extremes for a table: `20.0 (10.0–30.0)`; a single value stands alone. */
export function spread(values: readonly number[], digits = 0): string {
  const shown = (value: number) => value.toFixed(digits);
  if (values.length === 1) return shown(median(values));
  return `${shown(median(values))} (${shown(Math.min(...values))}–${shown(Math.max(...values))})`;
}

/** Divides the values by the baseline round by round, so that a drift of the machine's speed affects both sides equally. */
export function ratios(values: readonly number[], floor: readonly number[]): number[] {
  return values.map((value, round) => value / (floor[round] ?? NaN));
}
