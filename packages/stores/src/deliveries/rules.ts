import type { DestinationState, PlannedDelivery, Reason, RoutingDecision } from "@sessionhook/core";
import { maxPageSize } from "@sessionhook/core/limits";

/** Maximum number of deliveries in one claim, and of bytes of their bodies. */
export const maxClaim = 100;
export const maxClaimBytes = 8 * 1024 * 1024;
/** A delivery with more attempts without an outcome stays leased when the process that sent it has ended. */
export const maxLostAttempts = 3;
/** Attempts of a delivery that are stored: the first ones and the newest ones. */
export const firstAttempts = 20;
export const newestAttempts = 80;
/** Events that one call of `prune` examines at most for each event it may delete. */
export const examinedPerEvent = 20;

/** Code of a delivery that was skipped because the filter failed: it was never sent, and a replay of kind `missing` sends it. */
export const filterFailed = "filter_error";
export const cooldownReason: Reason = { code: "cooldown" };
export const replayedReason: Reason = { code: "replayed" };
export const cancelledReason: Reason = { code: "replay_cancelled" };

/** Returns the state of a destination that was just registered. */
export function initialState(now: number): DestinationState {
  return {
    status: "ready",
    reason: null,
    since: now,
    probeAt: null,
    pacedUntil: null,
    rateFactor: 1,
    failures: 0,
    recent: "",
    coolings: 0,
    ramp: null,
    heldMs: 0,
    lastDeliveredAt: null,
  };
}

/** Returns for how many milliseconds a destination was paused or blocked until now. */
export function heldUntil({ status, since, heldMs }: DestinationState, now: number): number {
  const held = status === "paused" || status === "blocked";
  return held ? heldMs + Math.max(0, now - since) : heldMs;
}

/** The event that holds the key of a cooldown. */
export interface CooldownHolder {
  readonly event: string;
  readonly receivedAt: number;
}

/**
 * Decides about an event and the key of a cooldown. An event that was received long before the holder, such as one that is
 * rechecked, neither waits for it nor takes its place.
 */
export function coolDown(
  holder: CooldownHolder | undefined,
  event: CooldownHolder,
  { ms }: NonNullable<PlannedDelivery["cooldown"]>,
): "skip" | "hold" | "pass" {
  if (holder === undefined) return "hold";
  if (holder.event === event.event) return "pass";
  const later = event.receivedAt - holder.receivedAt;
  if (Math.abs(later) < ms) return "skip";
  return later > 0 ? "hold" : "pass";
}

/** Returns the limit, or the highest one. @throws RangeError for a limit that is not a positive integer */
export function limited(limit: number, most = maxPageSize): number {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError("limit must be a positive integer");
  return Math.min(limit, most);
}

/** @throws RangeError unless the decisions are about these events, in their order */
export function checkDecisions(decisions: readonly RoutingDecision[], events: readonly string[]): void {
  if (decisions.length > events.length || decisions.some(({ eventId }, index) => eventId !== events[index]))
    throw new RangeError("The decisions must be about the first events of the batch, in their order");
}

export function notRegistered(): RangeError {
  return new RangeError("A delivery was planned for a destination that is not registered");
}

/** Returns a time that fits an integer column: not earlier, and at most the largest safe integer. */
export function wholeMs(time: number): number {
  return Math.min(Math.ceil(time), Number.MAX_SAFE_INTEGER);
}
