import { ConfigurationError } from "../errors.js";

/** The present: Unix milliseconds, a Date, or a function that gives either. */
export type Now = number | Date | (() => number | Date);

/** Unix milliseconds of `now`; the system clock where none is given. */
export function milliseconds(now: Now | undefined): number {
  const value = typeof now === "function" ? now() : (now ?? Date.now());
  const ms = timeOf(value);
  if (Number.isFinite(ms)) return ms;
  throw new ConfigurationError("invalid_option", "now must be a time in Unix milliseconds or a valid Date");
}

/** What a number or a Date, of any realm, says; NaN for anything else. */
export function timeOf(value: number | Date): number {
  if (typeof value === "number") return value;
  return Object.prototype.toString.call(value) === "[object Date]" ? value.getTime() : Number.NaN;
}
