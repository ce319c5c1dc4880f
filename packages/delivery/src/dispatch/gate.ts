import type { DestinationState } from "@sessionhook/core";
import { longestProbeMs, longestWaitMs, pendingUntil } from "../policy/next-destination.js";

/** The sends that the state of a destination allows now. */
export type Gate =
  | { readonly send: "all" }
  /** One attempt, which shows whether the destination works again. */
  | { readonly send: "probe" }
  /** Nothing before this time; infinite: until its state changes. */
  | { readonly send: "nothing"; readonly until: number };

/** Returns the sends that a state allows now. */
export function gateOf(state: DestinationState, now: number): Gate {
  if (state.status === "paused") return { send: "nothing", until: Infinity };
  if (state.status !== "ready") {
    if (state.probeAt === null) return { send: "nothing", until: Infinity };
    const longestMs = state.status === "cooling" ? longestProbeMs : longestWaitMs;
    const probeAt = pendingUntil(state.probeAt, now, longestMs) ?? now;
    const until = Math.max(probeAt, pendingUntil(state.pacedUntil, now) ?? now);
    return until <= now ? { send: "probe" } : { send: "nothing", until };
  }
  const until = pendingUntil(state.pacedUntil, now);
  return until === null ? { send: "all" } : { send: "nothing", until };
}

/** Returns how many sends may be under way: fewer after a probe and while the destination recovers from pacing. */
export function concurrencyOf(state: DestinationState, configured: number): number {
  return Math.max(1, Math.min(Math.floor(configured * state.rateFactor), state.ramp ?? Infinity));
}
