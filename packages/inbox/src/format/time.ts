/** `2026-11-24 03:28:52 UTC`, or a note for a number that is no date. */
export function formatUtc(milliseconds: number): string {
  const iso = toIso(milliseconds);
  return iso === undefined ? "not a date" : `${iso.slice(0, -5).replace("T", " ")} UTC`;
}

/** The same instant for `<time datetime>`; undefined for a number that is no date. */
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

/** A length of time in its largest unit: `3 min`, `2 days`; `0 s` for less than a second. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const unit = units.find((unit) => seconds >= unit.seconds);
  if (unit === undefined) return "0 s";
  const count = Math.floor(seconds / unit.seconds);
  return `${count.toLocaleString("en")} ${unit.name}${unit.name === "day" && count !== 1 ? "s" : ""}`;
}

/** How long before or after `now`: `3 min ago`, `in 2 days`, `just now`. */
export function formatRelative(milliseconds: number, now: number): string {
  const difference = now - milliseconds;
  if (!Number.isFinite(difference)) return "";
  if (Math.abs(difference) < 1000) return "just now";
  return difference > 0 ? `${formatDuration(difference)} ago` : `in ${formatDuration(difference)}`;
}
