import type { Facts } from "../facts/facts.js";
import type { StoredEvent } from "./event-log.js";

/** Why an attempt failed: made by us from codes, never a text of the other system. */
export interface Reason {
  /** Stable, in snake_case: `http_500`, `timeout`, `connection_refused`, `address_not_allowed`, `filter_error`, … */
  readonly code: string;
  /** HTTP status of the answer. */
  readonly status?: number | undefined;
  /** Beginning of the answer, at most 1 kB, masked for secrets and e-mail addresses. */
  readonly excerpt?: string | undefined;
}

/** The result of sending one event. docs/destinations describes the effect of each. */
export type Outcome =
  | { readonly outcome: "delivered" }
  /** The destination does not want this event. */
  | { readonly outcome: "skipped"; readonly reason: Reason }
  /**
   * Tried again by the retry schedule; not before `after`, Unix milliseconds. With `used: false` this delivery alone waits
   * until `after`: the attempt is given back to the schedule and does not count as a failure of the destination.
   */
  | {
      readonly outcome: "retry";
      readonly reason: Reason;
      readonly after?: number | undefined;
      readonly used?: false | undefined;
    }
  /** This event will never be accepted: a dead letter at once. */
  | { readonly outcome: "rejected"; readonly reason: Reason }
  /** The destination accepts nothing at the moment: everything is held, and no attempt is used. */
  | { readonly outcome: "blocked"; readonly reason: Reason; readonly until?: number | undefined }
  /** The destination asks for a pause until this time, Unix milliseconds; no attempt is used. */
  | { readonly outcome: "paced"; readonly reason: Reason; readonly until: number };

/** One event to send. Other destinations get the same body and facts: they must not be changed. */
export interface DeliveryItem {
  /** Id of the delivery; with `attempt` it names the attempt. */
  readonly deliveryId: string;
  /** Number of this attempt, from 1. */
  readonly attempt: number;
  /** Id of the replay that asked for it; null for a live delivery. */
  readonly replay: string | null;
  readonly event: StoredEvent;
  /** Facts of the event; undefined where its body is not one of the known types. */
  readonly facts: Facts | undefined;
}

/** The members of `AbortSignal`, for programs that have no type of it. Cloudflare's types, whose class is not a global value, fit. */
interface SignalMembers {
  readonly aborted: boolean;
  readonly reason: unknown;
  onabort: unknown;
  throwIfAborted(): void;
  addEventListener(type: string, listener: unknown, options?: unknown): void;
  removeEventListener(type: string, listener: unknown, options?: unknown): void;
  dispatchEvent(event: unknown): boolean;
}

/** `AbortSignal` where the program has DOM or Node types. Naming it would be an error in programs with neither. */
type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Found } } ? Found : SignalMembers;

export interface SendContext {
  /** Aborted when the time of the attempt is over, or when the process stops. */
  readonly signal: Signal;
  /** Returns the time in Unix milliseconds. */
  readonly now: () => number;
}

/** A system that events are sent to. Every driver passes the destination suite of `@sessionhook/conformance`. */
export interface Destination {
  /** Most items in one call of `send`. Default 1. */
  readonly maxBatch?: number;
  /** Longest wait for more items of a batch, in milliseconds. Default 0. */
  readonly lingerMs?: number;
  /** The target without secrets: scheme and host, or a path. */
  readonly target: string;
  /** Sends; returns one outcome per item, in their order. A rejection counts as `retry` for all of them. */
  send(items: readonly DeliveryItem[], context: SendContext): Promise<readonly Outcome[]>;
  /** Resolves if the destination can be reached and accepts the credentials, without sending an event. */
  check?(context: SendContext): Promise<Outcome>;
  /** Ends connections and finishes files. */
  close(): Promise<void>;
}
