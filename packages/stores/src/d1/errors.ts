import { StoreError } from "@sessionhook/core";

/** Messages to show for D1's errors, by what theirs contain; those themselves can contain parts of a statement. */
const messages: readonly (readonly [RegExp, string])[] = [
  [/no such (?:table|column|index)|has no column/i, "The D1 database lacks a table or column of this store"],
  [/maximum DB size|disk is full|SQLITE_FULL/i, "The D1 database is full"],
  [/overloaded|queued for too long|too many requests/i, "The D1 database is overloaded"],
  [/CPU (?:time )?limit|memory limit|timed? ?out/i, "D1 did not answer in time, or its limits were exceeded"],
  [/connection lost|object to be reset|reset because|internal error/i, "The connection to D1 was lost"],
  [/daily|quota|limit (?:was )?(?:exceeded|reached)|exceeded .*limit/i, "A limit of the D1 plan is used up"],
  [/too (?:big|large)|SQLITE_TOOBIG/i, "The event is too large for D1"],
  [/read-?only/i, "The D1 database does not accept writes"],
];

/** Converts any failure of a method to `store_unavailable` with the original error as its cause. */
export function unavailable(error: unknown): unknown {
  if (StoreError.isInstance(error) || error instanceof RangeError) return error;
  const text = error instanceof Error ? error.message : "";
  const message = messages.find(([pattern]) => pattern.test(text))?.[1] ?? "D1 request failed";
  return new StoreError("store_unavailable", message, { cause: error });
}
