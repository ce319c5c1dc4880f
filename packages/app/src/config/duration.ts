const unitMs = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** As a text: `"5 s"`, `"30min"`, `"24h"`, `"180d"`. */
export const durationPattern = /^\d{1,9}(?:\.\d{1,3})? ?(?:ms|s|min|m|h|d)$/;

/** Returns the milliseconds of a duration such as `24h`, or undefined if the text is not one. */
export function parseDuration(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  const [, number = "", unit = ""] = /^([\d.]+) ?(\w+)$/.exec(text) ?? [];
  return Math.round(Number(number) * unitMs[unit as keyof typeof unitMs]);
}

/** Returns the exact duration in the largest unit that gives an integer, `24 h`, `90 s`: what `parseDuration` reads. */
export function durationText(ms: number): string {
  for (const unit of ["d", "h", "min", "s"] as const)
    if (ms >= unitMs[unit] && ms % unitMs[unit] === 0) return `${ms / unitMs[unit]} ${unit}`;
  return `${ms} ms`;
}

const unitSeconds = { s: 1, min: 60, m: 60, h: 3600 } as const;

/** As a text: `"20/s"`, `"100/min"`, `"1000/h"`. */
export const ratePattern = /^\d{1,9}(?:\.\d{1,3})? ?\/ ?(?:s|min|m|h)$/;

/** Returns the number per second of a rate such as `100/min`, or undefined if the text is not one. */
export function parseRate(text: string): number | undefined {
  if (!ratePattern.test(text)) return undefined;
  const [, number = "", unit = ""] = /^([\d.]+) ?\/ ?(\w+)$/.exec(text) ?? [];
  return Number(number) / unitSeconds[unit as keyof typeof unitSeconds];
}
