import { formatCount } from "./number.js";

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
  return `${formatCount(count)} ${unit.name}${unit.name === "day" && count !== 1 ? "s" : ""}`;
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

/** Formats a duration in seconds with its two largest units: `42 s`, `3 min 12 s`, `1 h 4 min`. */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return "0 s";
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${formatCount(count)} ${unit}`)
    .join(" ");
}

/** Formats Unix milliseconds in UTC without seconds, and without the year if it is that of `now`: `1 Mar, 11:58`. */
export function formatShort(milliseconds: number, now: number): string {
  return toIso(milliseconds) === undefined ? "not a date" : formatDated(milliseconds, now).slice(0, -3);
}

/** Formats Unix milliseconds in UTC, without the year if it is that of `now`: `1 Mar, 11:58:30`. */
export function formatDated(milliseconds: number, now: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return "not a date";
  const year = date.getUTCFullYear();
  const years = year === new Date(now).getUTCFullYear() ? "" : ` ${year}`;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ""}${years}, ${formatClock(milliseconds)}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Formats the time of day of Unix milliseconds in UTC: `11:58:30`. */
export function formatClock(milliseconds: number): string {
  return toIso(milliseconds)?.slice(-13, -5) ?? "not a date";
}
