/** Formats Unix milliseconds as `2026-11-24 03:28:52 UTC`; returns "not a date" for a number outside the range of dates. */
export function formatUtc(milliseconds: number): string {
  const iso = toIso(milliseconds);
  return iso === undefined ? "not a date" : `${iso.slice(0, -5).replace("T", " ")} UTC`;
}

/** Formats Unix milliseconds for `<time datetime>`; returns undefined for a number outside the range of dates. */
export function toIso(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

const units = [
  { name: "day", seconds: 86_400 },
  { name: "h", seconds: 3600 },
  { name: "min", seconds: 60 },
  { name: "s", seconds: 1 },
] as const;

/** Formats a duration in milliseconds in its largest unit: `3 min`, `2 days`; `0 s` for less than a second. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const unit = units.find((unit) => seconds >= unit.seconds);
  if (unit === undefined) return "0 s";
  const count = Math.floor(seconds / unit.seconds);
  return `${count.toLocaleString("en")} ${unit.name}${unit.name === "day" && count !== 1 ? "s" : ""}`;
}

/** Formats an instant relative to `now`: `3 min ago`, `in 2 days`, `just now`. */
export function formatRelative(milliseconds: number, now: number): string {
  const difference = now - milliseconds;
  if (!Number.isFinite(difference)) return "";
  if (Math.abs(difference) < 1000) return "just now";
  return difference > 0 ? `${formatDuration(difference)} ago` : `in ${formatDuration(difference)}`;
}

/** Formats a measured time: `340 ms`, `1.2 s`, `3 min`. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 60_000 ? `${(milliseconds / 1000).toFixed(1)} s` : formatDuration(milliseconds);
}
