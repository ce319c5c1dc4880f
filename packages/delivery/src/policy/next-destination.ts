import type { DestinationState, Outcome, Reason } from "@sessionhook/core";
import { doubled } from "./doubled.js";
import { heldAt } from "./hold.js";
import { withoutPacings } from "./pacings.js";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const failuresInARow = 5;
const recentLength = 20;
const firstCoolingMs = 30 * second;
const longestCoolingMs = 10 * minute;
const firstBlockMs = 5 * minute;
const longestBlockMs = 4 * hour;
/** Maximum wait for a probe while cooling: 10 minutes, or a send with the longest timeout and the end of its lease. */
export const longestProbeMs = 15 * minute;
/** Maximum wait that a destination can ask for. */
export const longestWaitMs = 24 * hour;
/** Least pause when a destination asks for one again before it has accepted anything: twice as long each time, up to a minute. */
const firstPaceMs = second;
const longestPaceMs = minute;
const leastRateFactor = 1 / 64;
/** After pacing, every call that delivers raises the rate by this fraction. */
const rateStep = 1 / 64;

/**
 * Returns the end of a pause, or null without one. A pause that is longer than any can be was stored before the time of day was
 * set back; it counts as ended, instead of being longer by as much.
 */
export function pendingUntil(until: number | null, now: number, longestMs = longestWaitMs): number | null {
  return until !== null && until > now && until <= now + longestMs ? until : null;
}

/** An outcome from which the next state of a destination is derived. */
export interface Observation {
  readonly outcome: Outcome;
  /** True for the one attempt that a cooling or blocked destination gets. */
  readonly probe: boolean;
  /** Configured concurrency: a ramp ends there. */
  readonly concurrency: number;
}

/** Returns the state of a destination after an attempt: circuit breaker, block, pacing. */
export function observe(state: DestinationState, seen: Observation, now: number): DestinationState {
  const { outcome } = seen;
  switch (outcome.outcome) {
    case "delivered":
      return succeed(state, seen, now);
    case "retry":
      return outcome.used === false ? probeAgain(state, seen, now) : fail(state, seen, outcome.reason, now);
    case "blocked":
      return block(state, seen, outcome.reason, now, outcome.until);
    case "paced":
      return pace(state, seen, outcome.until, now);
    case "skipped":
    case "rejected":
      // This concerns the event, not the destination.
      return probeAgain(state, seen, now);
  }
}

function succeed(
  state: DestinationState,
  { probe, concurrency }: Observation,
  now: number,
): DestinationState {
  const next = {
    ...state,
    failures: 0,
    recent: `${state.recent}+`.slice(-recentLength),
    rateFactor: Math.min(1, state.rateFactor + rateStep),
    lastDeliveredAt: Math.max(now, state.lastDeliveredAt ?? 0),
    ...withoutPacings(state),
  };
  if (probe) return recover({ ...next, recent: "+" }, now);
  if (state.status !== "ready" || state.ramp === null) return next;
  // One more for each success doubles the concurrency from round to round: 1, 2, 4, …
  const ramp = state.ramp + 1;
  return ramp < concurrency ? { ...next, ramp } : { ...next, ramp: null, coolings: 0 };
}

function recover(state: DestinationState, now: number): DestinationState {
  if (state.status !== "cooling" && state.status !== "blocked") return state;
  return {
    ...state,
    status: "ready",
    reason: null,
    since: now,
    probeAt: null,
    failures: 0,
    coolings: state.status === "blocked" ? 0 : state.coolings,
    ramp: 1,
    heldMs: heldAt(state, now),
  };
}

function fail(state: DestinationState, seen: Observation, reason: Reason, now: number): DestinationState {
  const { probe } = seen;
  const next = {
    ...state,
    failures: state.failures + 1,
    recent: `${state.recent}-`.slice(-recentLength),
    ramp: state.ramp === null ? null : Math.max(1, Math.floor(state.ramp / 2)),
  };
  if (state.status === "blocked") return probe ? block(next, seen, state.reason ?? reason, now) : next;
  const tripped = next.failures >= failuresInARow || failed(next.recent) > recentLength / 2;
  if (probe ? state.status === "cooling" : state.status === "ready" && tripped)
    return cool(next, reason, now);
  return next;
}

const failed = (recent: string) => recent.split("-").length - 1;

function cool(state: DestinationState, reason: Reason, now: number): DestinationState {
  return {
    ...state,
    status: "cooling",
    reason: withoutExcerpt(reason),
    since: state.status === "cooling" ? state.since : now,
    probeAt: now + doubled(firstCoolingMs, state.coolings, longestCoolingMs),
    coolings: state.coolings + 1,
    ramp: null,
  };
}

function block(
  state: DestinationState,
  { probe }: Observation,
  reason: Reason,
  now: number,
  until?: number,
): DestinationState {
  const again = state.status === "blocked";
  // Answers to sends that were under way when the destination was blocked say nothing new.
  if (state.status === "paused" || (again && !probe)) return state;
  const blocks = again ? state.coolings : 0;
  const wait = doubled(firstBlockMs, blocks, longestBlockMs);
  const asked =
    until === undefined ? now + wait : Math.max(now + second, Math.min(until, now + longestWaitMs));
  return {
    ...state,
    status: "blocked",
    reason: withoutExcerpt(reason),
    since: again ? state.since : now,
    probeAt: asked,
    coolings: blocks + 1,
    ramp: null,
  };
}

function pace(state: DestinationState, { probe }: Observation, until: number, now: number): DestinationState {
  // Answers to sends that were under way at the same time halve the rate only once.
  const current = pendingUntil(state.pacedUntil, now);
  const first = current === null;
  const before = state.pacings ?? 0;
  const least = first && before > 0 ? doubled(firstPaceMs, before, longestPaceMs) : 0;
  const paced = {
    ...state,
    pacings: first ? before + 1 : before,
    pacedUntil: Math.max(current ?? 0, now + least, pacedUntil(until, now)),
    rateFactor: first ? Math.max(leastRateFactor, state.rateFactor / 2) : state.rateFactor,
  };
  return probe ? recover(paced, now) : paced;
}

/** Returns the time at which a destination that asked for a pause gets the next event, at most 24 hours from now. */
function pacedUntil(until: number, now: number): number {
  return Math.max(now + 1, Math.min(until, now + longestWaitMs));
}

/** Allows another probe at once after one that showed nothing about the destination. */
function probeAgain(state: DestinationState, { probe }: Observation, now: number): DestinationState {
  return probe && state.probeAt !== null ? { ...state, probeAt: now } : state;
}

/** Removes the excerpt of an answer, which is stored with its attempt only: the state is shown in lists and logs. */
function withoutExcerpt({ code, status }: Reason): Reason {
  return status === undefined ? { code } : { code, status };
}

/** Reserves the probe of a cooling or blocked destination: no other process sends one before `until`. */
export function reserveProbe(state: DestinationState, until: number): DestinationState {
  return { ...state, probeAt: until };
}

/** Ends a reservation without a probe: one may be sent from `now` on. */
export function releaseProbe(state: DestinationState, until: number, now: number): DestinationState {
  return state.probeAt === until ? { ...state, probeAt: now } : state;
}
