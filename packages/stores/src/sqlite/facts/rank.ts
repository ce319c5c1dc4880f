import type { DerivedRecords } from "@sessionhook/core";

/** More than any time that `recordsOf` returns. */
const final = 2 ** 50;

/** Returns a number that orders the events of one session, person or company by precedence; equal ones by number of the event. */
export function rankOf({ precedence }: DerivedRecords): number {
  return (precedence.final ? final : 0) + precedence.at;
}

/** Returns the time in a rank. */
export function timeOf(rank: number): number {
  return rank % final;
}
