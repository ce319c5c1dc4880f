import type { DestinationState } from "@sessionhook/core";

/** The state of a destination that nothing has been sent to. */
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
