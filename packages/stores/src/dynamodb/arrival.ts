import { randomBytes } from "node:crypto";

/** Distinguishes rows that two processes write in the same microsecond. */
const process = randomBytes(4).toString("hex");
let last = 0;

/**
 * Returns the next position in the order of arrival as a sortable text: microseconds of the store's own clock, strictly
 * increasing within a process. Between machines the order is as exact as their clocks. A counter in the table would be
 * exact, but a bottleneck for every writer.
 * @param now Unix milliseconds
 */
export function nextArrival(now: number): string {
  last = Math.max(Math.floor(now) * 1000, last + 1);
  return `${String(last).padStart(17, "0")}-${process}`;
}

/** Returns the position after the row with this arrival; `0` is before every row. */
export function positionAfter(arrival: string): string {
  return `after-${arrival}`;
}

export const arrivalPattern = /^[0-9]{17}-[0-9a-f]{8}$/;

/** Returns the UTC day of an arrival, such as `2026-02-14`; counters are grouped by it. */
export function dayOf(arrival: string): string {
  return new Date(Math.floor(Number(arrival.slice(0, 17)) / 1000)).toISOString().slice(0, 10);
}

/**
 * Returns the expiry of an item in Unix seconds, or undefined without retention.
 * @param ms time of the item in Unix milliseconds
 */
export function expiryOf(ms: number, retentionDays: number | undefined): number | undefined {
  return retentionDays === undefined ? undefined : Math.ceil(ms / 1000) + retentionDays * 86_400;
}
