/** Returns mean and variance of the numbers. */
function moments(values: readonly number[]): { mean: number; variance: number; count: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, variance, count };
}

/** Returns Welch's t statistic: the difference of the means of two samples, in standard errors. */
export function welch(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [moments(first), moments(second)];
  const error = Math.sqrt(a.variance / a.count + b.variance / b.count);
  return error === 0 ? 0 : (a.mean - b.mean) / error;
}

/**
 * The largest t over several croppings, as dudect does (Reparaz, Balasch, Verbauwhede 2017): a busy machine
 * only makes measurements longer, so slow ones are removed, with the same threshold for both classes.
 */
export function croppedT(first: readonly number[], second: readonly number[]): number {
  const sorted = [...first, ...second].toSorted((a, b) => a - b);
  let largest = 0;
  for (const share of [0.3, 0.5, 0.7, 0.9]) {
    const threshold = sorted[Math.floor(sorted.length * share)] ?? Number.POSITIVE_INFINITY;
    const [a, b] = [first, second].map((values) => values.filter((value) => value <= threshold));
    if (a === undefined || b === undefined || a.length < 100 || b.length < 100) continue;
    const t = welch(a, b);
    if (Math.abs(t) > Math.abs(largest)) largest = t;
  }
  return largest;
}
