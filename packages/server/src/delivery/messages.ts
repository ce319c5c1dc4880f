import type { EndedAttempt } from "@sessionhook/core";
import type { ErrorDescription } from "@sessionhook/ingest";
import type { RunningConfig } from "./running-config.js";

/** Data with which the delivery thread opens stores and configuration itself. */
export interface ThreadData {
  /** The SQLite file. */
  readonly path: string;
  readonly config: RunningConfig;
  readonly logLevel: string | undefined;
  /** Eight zero bytes shared by the threads that write. */
  readonly turns: SharedArrayBuffer;
  /** Two numbers: 1 from a `routed` message to the thread until its router reads new events, and how many events this process has stored. */
  readonly news: SharedArrayBuffer;
}

/** Methods of `Delivery` that the other thread calls by message. */
export type CalledMethod = "test" | "dryRun";

/** `routed`: look for new events. `wake`: look for any work. `stop`: milliseconds for the sends that are under way. */
export type DeliveryRequest =
  | "routed"
  | "wake"
  | "ping"
  | { readonly stop: number }
  | { readonly call: number; readonly method: CalledMethod; readonly argument: unknown };

/** The connections of the thread to the store. */
export type ThreadConnection = "events" | "deliveries";

/** running: it routes and delivers. long log: the write-ahead log should be copied into the database. `unusable`, `failed`: problem of the configuration, or error, on which the thread ends before it runs. */
export type DeliveryMessage =
  | "running"
  | "pong"
  | "long log"
  | { readonly unusable: string }
  | { readonly failed: ErrorDescription }
  | { readonly attempts: readonly EndedAttempt[] }
  | { readonly of: ThreadConnection; readonly outage: string | undefined }
  | { readonly answer: number; readonly value: unknown }
  | { readonly answer: number; readonly failure: ErrorDescription };
