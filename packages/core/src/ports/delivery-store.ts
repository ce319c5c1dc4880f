import type { DeliveryState, DestinationStatus, ReplayKind } from "../fixed-values.js";
import type { Facts } from "../facts/facts.js";
import type { Outcome, Reason } from "./destination.js";
import type { StoredEvent } from "./event-log.js";
import type { DerivedRecords } from "./fact-store.js";

/** All times are Unix milliseconds. */

export type { DeliveryState, DestinationStatus, ReplayKind } from "../fixed-values.js";

/** Class of the claimed deliveries: first attempts of new events, later attempts, or those of replays. */
export type DeliveryClass = "new" | "retry" | "replay";

/** One event for one destination. Unique by event, destination and replay. */
export interface Delivery {
  /** Opaque. */
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string | null;
  readonly destination: string;
  /** Id of the replay that created it; null for a live delivery. */
  readonly replay: string | null;
  readonly state: DeliveryState;
  /** Number of the last attempt that was claimed; 0 before the first. Also the fencing token of its lease. */
  readonly attempts: number;
  readonly createdAt: number;
  /** Waiting: time of the next attempt. Delivering: end of the lease. Null when finished. */
  readonly dueAt: number | null;
  readonly finishedAt: number | null;
  /** Reason of the last outcome, or of skipping. */
  readonly reason: Reason | null;
  /** For a delivery that a cooldown skipped: id of the event whose delivery the cooldown counts from. */
  readonly heldBy: string | null;
}

/** One try of a delivery. */
export interface Attempt {
  readonly number: number;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: Outcome["outcome"];
  readonly reason: Reason | null;
}

/** A delivery to be created by the router or a replay. */
export interface PlannedDelivery {
  readonly destination: string;
  /** `skipped` is recorded with its reason and never sent. */
  readonly state: "waiting" | "skipped";
  readonly reason: Reason | null;
  readonly dueAt: number;
  /**
   * Skips the delivery if another one with this key was created for the destination less than `ms` before this event was
   * received; otherwise this event holds the key. Decided in the same transaction; the holder stays the holder when it is
   * planned again.
   */
  readonly cooldown?: { readonly key: string; readonly ms: number } | undefined;
  /** `heldMs` of the destination when it was planned: the age of a delivery does not count times of pause and block. */
  readonly heldMs: number;
}

/** The decision about one event. */
export interface RoutingDecision {
  readonly eventId: string;
  readonly facts: Facts | undefined;
  /** Rows for the derived tables, see `deriveRouted`; undefined if the event has none, or the store has no such tables. */
  readonly records?: DerivedRecords | undefined;
  readonly deliveries: readonly PlannedDelivery[];
}

/** Events that no router has decided about, oldest first. */
export interface Unrouted {
  /** Those after the router's position, without conflicts, and those that a recheck has accepted. */
  readonly events: readonly StoredEvent[];
  /** Names this batch; `plan` refuses it when another router was faster. */
  readonly token: string;
}

/**
 * A delivery that belongs to the claiming process until its lease ends. Claims for several destinations share the body and the facts of
 * an event: they must not be changed.
 */
export interface ClaimedDelivery extends Delivery {
  /** Attempts that count against the retry schedule, this one included. */
  readonly used: number;
  /** Time at which its retry schedule began: its creation or last requeue. Its age counts from here. */
  readonly since: number;
  /** `heldMs` of the destination at that time. */
  readonly heldMs: number;
  readonly event: StoredEvent;
  readonly facts: Facts | undefined;
}

export interface ClaimQuery {
  readonly destination: string;
  readonly class: DeliveryClass;
  /** At most 100. */
  readonly limit: number;
  readonly leaseMs: number;
  /** Names the claiming process. */
  readonly owner: string;
  readonly now: number;
}

/** The result of a claimed attempt, and the next state of the delivery. */
export interface Settlement {
  readonly id: string;
  /** `attempts` of the claim. */
  readonly attempt: number;
  readonly owner: string;
  readonly at: number;
  /** Null if nothing was sent: the delivery is given back, no attempt is recorded and its reason does not change. */
  readonly record: Attempt | null;
  readonly next:
    | { readonly state: "delivered" | "skipped" | "dead" }
    /** The attempt goes on: its record and reason remain if the process ends before it settles the attempt. */
    | { readonly state: "delivering" }
    /** `used: false` gives the attempt back to the schedule; its number is not used again. */
    | { readonly state: "waiting"; readonly dueAt: number; readonly used: boolean };
}

export type SettleResult = "settled" | "lease_lost";

/** Circuit breaker, pacing and pause of a destination, shared by all processes. */
export interface DestinationState {
  readonly status: DestinationStatus;
  readonly reason: Reason | null;
  /** Time at which it got this status. */
  readonly since: number;
  /** If cooling or blocked: time from which one probe may be sent. */
  readonly probeAt: number | null;
  /** The destination asked for no attempt before this time. */
  readonly pacedUntil: number | null;
  /** Number of times in a row that it asked for a pause, without accepting anything in between; absent: 0. */
  readonly pacings?: number;
  /** Fraction of the rate while it recovers from pacing: 1, or less. */
  readonly rateFactor: number;
  /** Failures in a row. */
  readonly failures: number;
  /** The last 20 attempts, newest last: `+` succeeded, `-` failed. */
  readonly recent: string;
  /** Number of times it has cooled in a row: each is twice as long as the one before. */
  readonly coolings: number;
  /** Limit of concurrency after a probe; null without one. */
  readonly ramp: number | null;
  /** Milliseconds for which it was paused or blocked, without the time since `since`. */
  readonly heldMs: number;
  readonly lastDeliveredAt: number | null;
}

export interface DestinationRow {
  readonly name: string;
  readonly state: DestinationState;
  /** Changes with every save. */
  readonly version: number;
}

/** Numbers of deliveries that are in the store; `prune` lowers those of finished ones. */
export interface DestinationCounts {
  readonly destination: string;
  /** Deliveries that are waiting or being delivered. */
  readonly open: number;
  readonly dead: number;
  readonly delivered: number;
  readonly skipped: number;
  /** Time at which the oldest due delivery became due; null if none is due. */
  readonly oldestDueAt: number | null;
}

export interface DeliveryFilter {
  readonly destination?: string | undefined;
  readonly state?: DeliveryState | undefined;
  /** Message id. */
  readonly event?: string | undefined;
  readonly replay?: string | undefined;
}

export interface DeliveryPage {
  /** Newest first. */
  readonly deliveries: readonly Delivery[];
  readonly nextCursor: string | null;
}

export interface ReplaySpec {
  readonly destinations: readonly string[];
  readonly kind: ReplayKind;
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  /** Time of receipt: from inclusive, to exclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** CEL expression over facts. */
  readonly when?: string | undefined;
  /** Message ids; absent: all events. */
  readonly events?: readonly string[] | undefined;
  /** Deliveries per second. */
  readonly rate: number;
}

export interface Replay {
  readonly id: string;
  readonly spec: ReplaySpec;
  readonly state: "running" | "done" | "cancelled";
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** Position in the event log up to which it has read; null at the start. */
  readonly position: string | null;
  /** Position in the event log where it ends, see `replayEnd`; null if it ends with the log, as those of earlier versions do. */
  readonly end: string | null;
  /** Deliveries it has created so far. */
  readonly matched: number;
  readonly counts: Readonly<Record<DeliveryState, number>>;
}

export interface ReplayQuery {
  readonly state?: Replay["state"] | undefined;
  /** 1 to 500. */
  readonly limit: number;
  /** `nextCursor` of the page before; opaque. */
  readonly cursor?: string | undefined;
}

export interface ReplayPage {
  /** Newest first. */
  readonly replays: readonly Replay[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** One step of a replay: the positions that it read and the deliveries that it creates. */
export interface ReplayStep {
  readonly id: string;
  /** `position` the step began from; another one means that another process was faster. */
  readonly from: string | null;
  readonly to: string;
  readonly done: boolean;
  readonly deliveries: readonly {
    readonly eventId: string;
    readonly facts: Facts | undefined;
    readonly planned: PlannedDelivery;
  }[];
  readonly now: number;
}

export interface PruneQuery {
  /** Deletes finished deliveries with their attempts that ended before this time. */
  readonly historyBefore?: number | undefined;
  /**
   * Deletes events of which every version was received before this time, that are routed and have no open delivery, but never
   * the newest of the log. Leaves a tombstone of the id: until it is deleted, `append` reports every message with this id as
   * a `duplicate`, because no bytes are left to compare.
   */
  readonly eventsBefore?: number | undefined;
  /** Deletes tombstones that were left before this time. */
  readonly tombstonesBefore?: number | undefined;
  readonly now: number;
  /** Maximum number of rows of each kind. */
  readonly limit: number;
}

export interface PruneResult {
  readonly history: number;
  readonly events: number;
  readonly tombstones: number;
  /** True if derived tables of before a rebuild are left, of which each call deletes a part. */
  readonly oldTables: boolean;
  /** True if further old events are left to examine: a call examines a limited number, also of those that must stay. */
  readonly unexamined: boolean;
}

/**
 * The port to stored deliveries. It shares its store with an `EventLog`. Every driver passes the delivery-store suite of
 * `@sessionhook/conformance`. Methods reject with `StoreError` if the operation fails.
 */
export interface DeliveryStore {
  /** Returns the next events to route; at most `limit`, or 3 MiB of bodies. Empty when there are none. */
  unrouted(limit: number): Promise<Unrouted>;
  /**
   * Stores the decisions about a batch of `unrouted`, or about its first events: facts, deliveries and position, in one
   * atomic step. A destination gets no event that arrived before it was registered. Repeating it changes nothing; a
   * rechecked event replaces a delivery that was skipped before.
   * @throws RangeError for decisions about other events, and for a destination that is not registered
   * @returns false if another router was faster: nothing was changed
   */
  plan(token: string, decisions: readonly RoutingDecision[], now: number): Promise<boolean>;
  /**
   * Writes the records of routed events into the derived tables, oldest first, at most `limit` events, in one atomic step: `plan`
   * may leave them to it, because many at once cost much less than a few at a time. Records that no `plan` of this process
   * has had are derived again. Repeating it changes nothing.
   * @returns true if routed events are left
   */
  deriveRouted(limit: number): Promise<boolean>;
  /** Number of events that are not routed. */
  lag(): Promise<number>;

  /**
   * Leases due deliveries, and those whose lease has ended, but none of a cancelled replay: what a killed process has left
   * of it is deleted. Each claim counts an attempt.
   */
  claim(query: ClaimQuery): Promise<readonly ClaimedDelivery[]>;
  /**
   * Ends attempts. A delivery that has another attempt number or owner by now is not changed. When one is
   * delivered, dead letters of the same event and destination become `skipped` with the code `replayed`. One of a cancelled
   * replay does not wait again: it becomes `skipped` with the code `replay_cancelled`.
   */
  settle(settlements: readonly Settlement[]): Promise<readonly SettleResult[]>;
  /** Extends leases until `now + leaseMs`; returns `lease_lost` for those that no longer belong to the owner. */
  extend(
    claims: readonly { readonly id: string; readonly attempt: number }[],
    owner: string,
    leaseMs: number,
    now: number,
  ): Promise<readonly SettleResult[]>;
  /**
   * Ends the leases of an owner that does not run any more, so that others can claim its deliveries now. A delivery that three
   * attempts have left without an outcome stays leased: it may be what ends the processes.
   * @returns the number of ended leases
   */
  endLeases(owner: string, now: number): Promise<number>;
  /** Returns the earliest time at which a delivery to one of these destinations can be claimed; null if none is open. */
  nextDueAt(destinations: readonly string[]): Promise<number | null>;

  /** Adds destinations that are not known yet: they get the events from now on. */
  register(names: readonly string[], now: number): Promise<void>;
  /** Returns every destination that was ever registered, by name. */
  destinations(): Promise<readonly DestinationRow[]>;
  /** Stores the state if the stored version is still the given one; returns false otherwise. */
  saveDestination(name: string, state: DestinationState, expectedVersion: number): Promise<boolean>;
  /** Counts for every destination that has deliveries or is registered. */
  counts(now: number): Promise<readonly DestinationCounts[]>;

  list(
    query: DeliveryFilter & { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<DeliveryPage>;
  get(id: string): Promise<Delivery | undefined>;
  /** Returns the attempts of a delivery, oldest first: the first 20 and the newest 80. Others are not stored. */
  attempts(id: string): Promise<readonly Attempt[]>;
  /**
   * Makes a delivery due now with a full retry schedule, whatever its state; an attempt that is under way loses its lease.
   * One of a cancelled replay does not belong to the replay any more.
   * @returns false if there is no such delivery, or its event was deleted
   */
  requeue(id: string, now: number): Promise<boolean>;

  createReplay(spec: ReplaySpec, now: number): Promise<Replay>;
  replay(id: string): Promise<Replay | undefined>;
  replays(query: ReplayQuery): Promise<ReplayPage>;
  /**
   * Returns the position in the event log where a replay that is created now ends: that of the router, or the newest event
   * that a destination does not get from the router, since it was registered later. The router sends the events after it.
   */
  replayEnd(destinations: readonly string[]): Promise<string>;
  /** Returns how many of these positions in the event log, in their order, are not after the end of a replay. */
  countUntil(end: string, positions: readonly string[]): Promise<number>;
  /** Returns for each pair whether this kind of replay would create a delivery; used by the dry run. Changes nothing. */
  matches(
    kind: ReplayKind,
    pairs: readonly { readonly eventId: string; readonly destination: string }[],
  ): Promise<readonly boolean[]>;
  /**
   * Creates the deliveries of a step that match the kind of the replay, and advances its position.
   * @returns false if another process was faster, or the replay was cancelled
   */
  planReplay(step: ReplayStep): Promise<boolean>;
  /**
   * Ends a replay and deletes its waiting deliveries.
   * @returns false if there is no such replay, or it has ended and has no open delivery
   */
  cancelReplay(id: string, now: number): Promise<boolean>;

  /** Deletes a batch of the rows that the query selects. A call can delete fewer than remain, even none: call it again later. */
  prune(query: PruneQuery): Promise<PruneResult>;
  close(): Promise<void>;
}
