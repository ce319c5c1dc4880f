const units = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
] as const;

/** Formats seconds in their largest unit, rounded down: `45 s`, `3 min`, `2 d`. */
export function approximateDuration(seconds: number): string {
  const unit = units.find(([, size]) => seconds >= size);
  return unit === undefined ? `${Math.round(seconds)} s` : `${Math.floor(seconds / unit[1])} ${unit[0]}`;
}
