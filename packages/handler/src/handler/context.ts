import type { AppendOutcome, Issue } from "@sessionhook/core";

/** What a handler learns about the message beside the event. */
export interface EventContext {
  /** Message id (`webhook-id`): the same on every retry. The key to make your own work idempotent with. */
  readonly id: string;
  /** When the sender made this attempt, in Unix seconds. */
  readonly attemptTimestamp: number;
  /** When it was taken, in Unix milliseconds. */
  readonly receivedAt: number;
  /** The body exactly as received. */
  readonly rawBody: Uint8Array;
  /** What the store did with it: it is durable. Undefined where there is no store. */
  readonly stored: AppendOutcome | undefined;
}

/** A genuine event that does not fit the schema of its type, or is no JSON event at all. */
export interface InvalidEvent {
  /** Null where the body has none. */
  readonly type: string | null;
  /** The issues, by path; never a value. */
  readonly issues: readonly Issue[];
}

/**
 * The ids whose handlers are done. A `Set` fits, for one process; a table of yours does for several.
 * What these throw: from `has`, the message gets 500 and comes again; from `add`, it is acknowledged
 * all the same, since its handlers are done, and `onError` is told.
 */
export interface Seen {
  has(id: string): boolean | Promise<boolean>;
  add(id: string): unknown;
}

/** Where `onError` was called from. */
export interface ErrorContext {
  /** The code of the answer; `seen_not_recorded` where the message was acknowledged nevertheless. */
  readonly code:
    | "handler_failed"
    | "misconfigured"
    | "internal_error"
    | "store_unavailable"
    | "seen_not_recorded";
  /** Message id, where it is proven. */
  readonly id: string | undefined;
}
