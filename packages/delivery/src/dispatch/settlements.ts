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

/** Returns the settlement of a delivery that was claimed and not sent: it is due at once. */
export function givenBack(claim: ClaimedDelivery, { owner, now }: Settler): Settlement {
  const at = now();
  return {
    id: claim.id,
    attempt: claim.attempts,
    owner,
    at,
    record: null,
    next: { state: "waiting", dueAt: at, used: false },
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

/** A delivery is given up after this many claims for each attempt of its schedule. */
const claimsPerAttempt = 3;

/**
 * Returns why a delivery is not sent; undefined if it is. `expired`: it has failed before, and has its maximum age by now, as after a
 * long outage. `lease_ended`: it seems to crash the processes that send it.
 * @param heldMs `heldAt` of the destination now
 */
export function givenUpFor(
  claim: ClaimedDelivery,
  retry: DestinationOptions["retry"],
  heldMs: number,
  now: number,
): "expired" | "lease_ended" | undefined {
  if (crashesProcesses(claim, retry)) return "lease_ended";
  return claim.used > 1 && now >= deadlineOf({ claim, retry, heldMs }) ? "expired" : undefined;
}

/**
 * Returns true if so many processes that claimed this delivery ended without an outcome that it is the likely cause.
 */
function crashesProcesses(claim: ClaimedDelivery, retry: DestinationOptions["retry"]): boolean {
  return claim.used > claimsPerAttempt * (retry.scheduleMs.length + 1);
}
