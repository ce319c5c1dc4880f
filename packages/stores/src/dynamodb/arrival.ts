import { randomBytes } from "node:crypto";

/** Sets apart what two processes take in the same microsecond. */
const process = randomBytes(4).toString("hex");
let last = 0;

/**
 * The place of a row in the order of arrival, as text that sorts: microseconds of the store's own clock,
 * never twice the same and never backwards within a process. Between machines it is as exact as their
 * clocks agree. A counter in the table would be exact, and a bottleneck for every writer.
 */
export function nextArrival(now: number): string {
  last = Math.max(Math.floor(now) * 1000, last + 1);
  return `${String(last).padStart(17, "0")}-${process}`;
}

export const arrivalPattern = /^[0-9]{17}-[0-9a-f]{8}$/;

/** The day of an arrival, such as `2026-02-14`: what it is counted under. */
export function dayOf(arrival: string): string {
  return new Date(Math.floor(Number(arrival.slice(0, 17)) / 1000)).toISOString().slice(0, 10);
}

/** When something of this Unix time may be removed, in Unix seconds; undefined where it is kept for ever. */
export function expiryOf(ms: number, retentionDays: number | undefined, graceDays = 0): number | undefined {
  return retentionDays === undefined
    ? undefined
    : Math.ceil(ms / 1000) + (retentionDays + graceDays) * 86_400;
}
