import type { IssueList } from "../issue-list.js";
import type { Classification, EventStatus } from "../fixed-values.js";

/** The stored result of classifying a body. The list of issues is empty unless the event is quarantined. */
export interface Reclassification extends IssueList {
  /** Event type, at most 256 characters, or null where the body has none that a column can hold. */
  readonly type: string | null;
  readonly status: Classification;
}

/** A verified message, ready to be stored. */
export interface NewEvent extends Reclassification {
  /** Message id: the `webhook-id` header. The identity of the event. */
  readonly id: string;
  /** The body exactly as received. */
  readonly raw: Uint8Array;
  /** Time of receipt, in Unix milliseconds. */
  readonly receivedAt: number;
  /** The `webhook-timestamp` header, in Unix seconds. */
  readonly attemptTimestamp: number;
  /** The `webhook-signature` header as received, so that the signature can be verified again later. */
  readonly signature: string;
}

/** Result of `append` for one event: stored, counted as a duplicate, or stored as a conflicting version. */
export type AppendOutcome = "stored" | "duplicate" | "conflict";

/** A stored row without its body. */
export interface EventSummary {
  readonly id: string;
  /** 1 for the event itself; 2, 3, … for conflicting bytes under the same id, in order of arrival. */
  readonly version: number;
  readonly type: string | null;
  readonly status: EventStatus;
  /** Unix milliseconds. */
  readonly receivedAt: number;
  /** Unix seconds. */
  readonly attemptTimestamp: number;
  /** Length of the body in bytes. */
  readonly size: number;
  /** Number of times that exactly these bytes were received again. */
  readonly duplicates: number;
  /** Opaque position in the event log after this row: `scan` reads what follows it. */
  readonly position: string;
}

/** A stored row with everything that was received. */
export interface StoredEvent extends EventSummary, IssueList {
  readonly raw: Uint8Array;
  readonly signature: string;
}

/** Selects stored events. An absent field selects all. */
export interface EventFilter {
  readonly status?: EventStatus | undefined;
  readonly type?: string | undefined;
  /** Message id, or the beginning of one; case-sensitive. */
  readonly q?: string | undefined;
}

export interface ListQuery extends EventFilter {
  /** Maximum number of rows, 1 to 500. */
  readonly limit: number;
  /** `nextCursor` of the page before; opaque. */
  readonly cursor?: string | undefined;
}

export interface EventPage {
  /** Newest first: by order of arrival at the store, not by clock. */
  readonly events: readonly EventSummary[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export interface ScanQuery extends EventFilter {
  /** `position` of an earlier page: reads what follows it. Absent: reads from the first event. */
  readonly after?: string | undefined;
  /** Maximum number of events, 1 to 500. A page also ends after 3 MiB of bodies. */
  readonly limit: number;
}

/** A page of the event log with bodies. It can be empty before the end, when a filter matches little. */
export interface ScanPage {
  /** Oldest first, in order of arrival at the store. */
  readonly events: readonly StoredEvent[];
  /** Opaque position in the event log after the last event that was read. It remains valid, also at the end of the log. */
  readonly position: string;
  /** True if the log had no further events at the time of reading. */
  readonly end: boolean;
}

/** Number of rows by status, and number of repeated messages. */
export interface StoreStats {
  readonly accepted: number;
  readonly quarantined: number;
  readonly unrecognized: number;
  /** Rows of status `conflict`. */
  readonly conflicts: number;
  /** Repeated messages that were acknowledged and not stored again, those of deleted events included. */
  readonly duplicates: number;
}

/**
 * The port to a store of events. Every driver passes the store suite of `@sessionhook/conformance`.
 * Methods reject with `StoreError` if the operation fails.
 */
export interface EventLog {
  /**
   * Stores a batch, all or nothing; when the promise resolves, the batch survives a crash of process
   * and machine. Exception: DynamoDB can have stored some events of a batch that rejects. Their retry is a `duplicate`.
   * Idempotent by message id: the same id and bytes are a `duplicate` (counted), the
   * same id with other bytes a `conflict` (stored as the next version). This also holds within one batch and
   * between concurrent calls. Outcomes are in the order of `events`. A message with the id of an event that retention deleted
   * is a `duplicate`, whatever its bytes, as long as the tombstone of the event remains.
   */
  append(events: readonly NewEvent[]): Promise<AppendOutcome[]>;
  /** Returns the event, or one of its conflicting versions. */
  get(id: string, version?: number): Promise<StoredEvent | undefined>;
  /** Returns all rows of an id, by version; empty if there are none. */
  versions(id: string): Promise<readonly EventSummary[]>;
  /** Returns a page for people: newest first, without bodies. */
  list(query: ListQuery): Promise<EventPage>;
  /**
   * Returns a page for programs: oldest first, with bodies, from a position on (rebuild, export, copy, follow).
   * Reading page after page until `end` returns every event that was appended before the first call exactly once.
   */
  scan(query: ScanQuery): Promise<ScanPage>;
  stats(): Promise<StoreStats>;
  /** Changes the classification of a stored event (after an upgrade of the schema); false if the event does not exist. */
  reclassify(id: string, to: Reclassification): Promise<boolean>;
  /** Resolves if the store accepts writes now; rejects with `StoreError` otherwise. */
  checkWritable(): Promise<void>;
  /** Size in bytes of the write-ahead log that is not yet copied into the database; only in stores that have one. */
  readonly logBytes?: number;
  /**
   * For this long, in milliseconds, a row can still appear below a position that `scan` returned: readers that follow the
   * log re-read it. Absent in stores where rows appear in the order of their positions.
   */
  readonly settleMs?: number;
  /** Waits for pending operations and closes the store. Further calls do nothing. */
  close(): Promise<void>;
}
