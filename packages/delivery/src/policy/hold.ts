import type { DestinationState } from "@sessionhook/core";
import { withoutPacings } from "./pacings.js";

/** Returns for how many milliseconds the destination has been paused or blocked; deliveries do not age in this time. */
export function heldAt(state: Pick<DestinationState, "status" | "since" | "heldMs">, now: number): number {
  const holds = state.status === "paused" || state.status === "blocked";
  return state.heldMs + (holds ? Math.max(0, now - state.since) : 0);
}

/** Stops sending until `resume`. */
export function pause(state: DestinationState, now: number): DestinationState {
  if (state.status === "paused") return state;
  return {
    ...state,
    status: "paused",
    reason: null,
    since: now,
    probeAt: null,
    heldMs: heldAt(state, now),
  };
}

/**
 * Moves the times of a state at which sending continues, after the time of day was set by some milliseconds.
 * @param known state before: a time that differs from it was moved or stored since by another process
 */
export function movePauses(state: DestinationState, known: DestinationState, ms: number): DestinationState {
  const moved = (at: number | null, before: number | null) =>
    at === null || at !== before ? at : Math.round(at + ms);
  const probeAt = moved(state.probeAt, known.probeAt);
  const pacedUntil = moved(state.pacedUntil, known.pacedUntil);
  if (probeAt === state.probeAt && pacedUntil === state.pacedUntil) return state;
  return { ...state, probeAt, pacedUntil };
}

/** Ends a pause, a block, cooling and pacing. The destination gets one event at a time at first. */
export function resume(state: DestinationState, now: number): DestinationState {
  const ready = state.status === "ready";
  if (ready && state.pacedUntil === null) return state;
  return {
    ...state,
    status: "ready",
    reason: null,
    since: ready ? state.since : now,
    probeAt: null,
    pacedUntil: null,
    failures: 0,
    recent: "",
    coolings: 0,
    ramp: ready ? state.ramp : 1,
    heldMs: heldAt(state, now),
    ...withoutPacings(state),
  };
}
