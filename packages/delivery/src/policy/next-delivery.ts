import type { ClaimedDelivery, Outcome, Settlement } from "@sessionhook/core";
import type { DestinationOptions } from "../destination-options.js";
import { doubled } from "./doubled.js";
import { longestWaitMs } from "./next-destination.js";

const defaultDelayMs = 5000;
/** A delivery that is postponed to a time in the past waits for so long at first, twice as long each further time, and at last a minute. */
const leastPostponedMs = 1000;
const longestPostponedMs = 60_000;

/** The circumstances under which an attempt ended. */
export interface Ended {
  readonly outcome: Outcome;
  readonly claim: Pick<ClaimedDelivery, "attempts" | "used" | "since" | "heldMs">;
  readonly retry: DestinationOptions["retry"];
  /** True for the probe of a cooling or blocked destination: it uses no attempt of the schedule. */
  readonly probe: boolean;
  /** `heldAt` of the destination now. */
  readonly heldMs: number;
  readonly now: number;
  /** Returns a number from 0 to 1, as `Math.random`. */
  readonly random: () => number;
}

/** Returns the next state of a delivery after an attempt: finished, dead, or due again. */
export function nextDelivery(ended: Ended): Settlement["next"] {
  const { outcome, now } = ended;
  switch (outcome.outcome) {
    case "delivered":
    case "skipped":
      return { state: outcome.outcome };
    case "rejected":
      return { state: "dead" };
    case "blocked":
      return { state: "waiting", dueAt: now, used: false };
    case "paced":
      // The destination waits, not this delivery: it is sent when the destination is resumed early.
      return again(ended, now, false);
    case "retry":
      if (outcome.used === false) {
        const latest = now + ended.retry.maxAgeMs;
        return again(ended, Math.min(postponedUntil(ended, outcome.after), latest), false);
      }
      return retry(ended, outcome.after);
  }
}

function postponedUntil({ claim, now }: Ended, after = now + defaultDelayMs): number {
  if (after > now + leastPostponedMs) return after;
  return now + doubled(leastPostponedMs, claim.attempts - claim.used, longestPostponedMs);
}

function retry(ended: Ended, after: number | undefined): Settlement["next"] {
  const { claim, probe, now, random } = ended;
  const { scheduleMs } = ended.retry;
  const delay = scheduleMs[claim.used - 1];
  if (delay === undefined && !probe) return { state: "dead" };
  const jittered = (delay ?? scheduleMs.at(-1) ?? defaultDelayMs) * (0.8 + 0.4 * random());
  const asked = after === undefined ? 0 : Math.min(after, now + longestWaitMs);
  return again(ended, Math.max(now + jittered, asked), !probe);
}

/** Returns the time at which a delivery reaches its maximum age, in Unix milliseconds. Pauses and blocks do not count as age. */
export function deadlineOf({
  claim,
  retry,
  heldMs,
}: Pick<Ended, "retry" | "heldMs"> & { readonly claim: Pick<ClaimedDelivery, "since" | "heldMs"> }): number {
  return claim.since + retry.maxAgeMs + Math.max(0, heldMs - claim.heldMs);
}

/** Returns the state `waiting` with a due time no later than the maximum age, or `dead` if that has passed. */
function again(ended: Ended, dueAt: number, used: boolean): Settlement["next"] {
  const { now } = ended;
  const deadline = deadlineOf(ended);
  if (now >= deadline) return { state: "dead" };
  return { state: "waiting", dueAt: Math.round(Math.max(now, Math.min(dueAt, deadline))), used };
}
