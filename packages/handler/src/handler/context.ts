import type { AppendOutcome, IssueList } from "@sessionhook/core";

/** Metadata of the message, passed to a handler with the event. */
export interface EventContext {
  /** Message id (`webhook-id`): the same on every retry. Use it to make your own work idempotent. */
  readonly id: string;
  /** Attempt timestamp of the sender, in Unix seconds. */
  readonly attemptTimestamp: number;
  /** Time of receipt, in Unix milliseconds. */
  readonly receivedAt: number;
  /** The body exactly as received. */
  readonly rawBody: Uint8Array;
  /** Result of the store, in which the event is now durable. Undefined if no store is configured. */
  readonly stored: AppendOutcome | undefined;
}

/**
 * A genuine body that does not fit the schema of its type or is not a JSON event. Its issues have paths and messages,
 * never a value of the body.
 */
export interface InvalidEvent extends IssueList {
  /** Null if the body has none. */
  readonly type: string | null;
}

/**
 * The ids of messages whose handlers have finished. Use a `Set` for one process, or a table for several. Any truthy
 * result of `has`, such as 1 or a row, means that the id is known, so return `rows.length > 0` for a list, which is
 * truthy even if it is empty.
 * If `has` throws, the response is 500 and the sender retries; if `add` throws, the message is acknowledged
 * nevertheless, since its handlers have finished, and `onError` is called.
 */
export interface Seen {
  has(id: string): unknown;
  add(id: string): unknown;
}

/** The circumstances of a call of `onError`. */
export interface ErrorContext {
  /** The code of the response; `seen_not_recorded` if the message was acknowledged nevertheless. */
  readonly code:
    | "handler_failed"
    | "misconfigured"
    | "internal_error"
    | "store_unavailable"
    | "seen_not_recorded";
  /** Message id, if the message was verified. */
  readonly id: string | undefined;
}

/** The hook of the app for errors. Its result is ignored; if it throws or rejects, both errors are written to the console. */
export type OnError = (error: unknown, context: ErrorContext) => unknown;
