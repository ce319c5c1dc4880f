import type { DerivedRecords } from "@sessionhook/core";

/** Lowest rank of a final event: more than any time that `recordsOf` returns. */
export const finalRank = 2 ** 50;

/** Returns a number that orders the events of one session by precedence; equal ones by number of the event. */
export function rankOf({ precedence }: DerivedRecords): number {
  return (precedence.final ? finalRank : 0) + precedence.at;
}

/** Returns the time in a rank. */
export function timeOf(rank: number): number {
  return rank % finalRank;
}
