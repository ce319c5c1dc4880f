import type { ClaimedDelivery, Outcome, Settlement } from "@sessionhook/core";
import { deadlineOf, nextDelivery } from "../policy/next-delivery.js";
import type { DestinationOptions } from "../destination-options.js";

/** An attempt that has ended. */
export interface EndedItem {
  readonly claim: ClaimedDelivery;
  readonly outcome: Outcome;
  readonly probe: boolean;
  readonly startedAt: number;
  readonly durationMs: number;
  /** `heldAt` of the destination, in milliseconds. */
  readonly heldMs: number;
}

/** The process that settles, with its clock and random numbers. */
export interface Settler {
  readonly owner: string;
  readonly now: () => number;
  readonly random: () => number;
}

/** Returns the settlement of an attempt. */
export function settlementOf(
  { claim, outcome, probe, startedAt, durationMs, heldMs }: EndedItem,
  retry: DestinationOptions["retry"],
  { owner, now, random }: Settler,
): Settlement {
  const at = now();
  return {
    id: claim.id,
    attempt: claim.attempts,
    owner,
    at,
    record: {
      number: claim.attempts,
      startedAt,
      durationMs,
      outcome: outcome.outcome,
      reason: outcome.outcome === "delivered" ? null : outcome.reason,
    },
    next: nextDelivery({ outcome, claim, retry, probe, heldMs, now: at, random }),
  };
}

/** Returns the settlement of a delivery that was claimed and not sent: it is due at once, or after some milliseconds. */
export function givenBack(claim: ClaimedDelivery, { owner, now }: Settler, ms = 0): Settlement {
  const at = now();
  return {
    id: claim.id,
    attempt: claim.attempts,
    owner,
    at,
    record: null,
    next: { state: "waiting", dueAt: at + ms, used: false },
  };
}

/** Returns the settlement of a delivery that is given up without another attempt. */
export function givenUp(claim: ClaimedDelivery, code: string, { owner, now }: Settler): Settlement {
  const at = now();
  const record = {
    number: claim.attempts,
    startedAt: at,
    durationMs: 0,
    outcome: "retry" as const,
    reason: { code },
  };
  return { id: claim.id, attempt: claim.attempts, owner, at, record, next: { state: "dead" } };
}

/** Reason that is stored before a delivery is sent alone. If it is still there at the next claim, that send ended the process. */
const sentAlone = "sent_alone";

/** Returns the settlement that is stored before a delivery is sent alone; the delivery stays claimed. */
export function markedAlone(claim: ClaimedDelivery, { owner, now }: Settler): Settlement {
  const at = now();
  const record = {
    number: claim.attempts,
    startedAt: at,
    durationMs: 0,
    outcome: "retry" as const,
    reason: { code: sentAlone },
  };
  return { id: claim.id, attempt: claim.attempts, owner, at, record, next: { state: "delivering" } };
}

/** A delivery is suspected after this many claims for each attempt of its schedule, and after ten at the earliest. */
const claimsPerAttempt = 3;
const fewestClaims = 10;

/**
 * Returns true if so many processes that claimed this delivery ended without an outcome that it can be the cause. Other
 * deliveries that were claimed at the same times are suspected too.
 */
export function isSuspected(claim: ClaimedDelivery, retry: DestinationOptions["retry"]): boolean {
  return claim.used > Math.max(fewestClaims, claimsPerAttempt * (retry.scheduleMs.length + 1));
}

/** Returns true if the process ended while nothing but this delivery was claimed and sent. */
export function endedAlone(claim: ClaimedDelivery): boolean {
  return claim.reason?.code === sentAlone;
}

/**
 * Returns true if a delivery has failed before, and has its maximum age by now, as after a long outage.
 * @param heldMs `heldAt` of the destination now
 */
export function isExpired(
  claim: ClaimedDelivery,
  retry: DestinationOptions["retry"],
  heldMs: number,
  now: number,
): boolean {
  return claim.used > 1 && claim.reason !== null && now >= deadlineOf({ claim, retry, heldMs });
}
