import { InvalidArgumentError } from "commander";

/** Returns a parser for an integer within bounds, for commander. */
export function integer(min: number, max: number) {
  return (text: string): number => {
    const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be an integer from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Parses events per second: `50`, `0.5` or `50/s`. */
export function rate(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(?:\/s)?$/.exec(text);
  const value = Number(match?.[1]);
  if (match === null || !(value > 0)) {
    throw new InvalidArgumentError("It must be a number of events per second above 0, such as 50 or 50/s.");
  }
  return value;
}

/** Parses an absolute http or https URL without user name and password. */
export function httpUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new InvalidArgumentError("It must be a URL that starts with http:// or https://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new InvalidArgumentError("It must not hold a user name or password.");
  }
  return url;
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Forms of a time, for the help of options that take one. */
export const timeForms = "10m, 2h, 7d or an ISO time; times without an offset are UTC";

/**
 * Parses a time, as a duration before now (`90s`, `10m`, `2h`, `7d`) or ISO 8601, in UTC if it has no offset.
 * @returns a function of now, in Unix milliseconds
 */
export function timeSince(text: string): (now: number) => number {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (unit !== undefined) return (now) => now - Number(count) * unitMs[unit as keyof typeof unitMs];
  const isTime = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text) && isDay(text.slice(0, 10));
  const at = isTime ? Date.parse(inUtc(text)) : Number.NaN;
  if (Number.isNaN(at))
    throw new InvalidArgumentError(
      "It must be a duration such as 90s, 10m, 2h or 7d, or a time such as 2026-07-01T09:00:00Z.",
    );
  return () => at;
}

/** Returns whether a day exists: JavaScript reads 2026-02-30 as the second of March. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

/** Returns an ISO time with an offset. JavaScript would read a time without one as local time, and a date alone as UTC. */
function inUtc(time: string): string {
  return /T[\d:.]+$/.test(time) ? `${time}Z` : time;
}
