import type { DeliveryStore, ReplaySpec } from "./delivery-store.js";
import type { Outcome } from "./destination.js";

/** A destination of the configuration, as the API and the pages show it. Contains no secret. */
export interface ConfiguredDestination {
  /** Its durable identity. */
  readonly name: string;
  /** `http`, `code`, `files`, `slack`, … */
  readonly type: string;
  /** Scheme and host, or a path, that it sends to. */
  readonly target: string;
}

/** One event that a replay would send. */
export interface ReplaySample {
  readonly eventId: string;
  readonly eventType: string | null;
  readonly destination: string;
  /** Time of receipt of the event, Unix milliseconds. */
  readonly receivedAt: number;
}

/** The result of a dry run. */
export interface ReplayPreview {
  /** Deliveries that the replay would create. */
  readonly matched: number;
  /** False if counting stopped at a limit: there are more than `matched`. */
  readonly exact: boolean;
  /** The first of them, at most 10. */
  readonly samples: readonly ReplaySample[];
}

/** An attempt that has ended in this process. */
export interface EndedAttempt {
  readonly destination: string;
  readonly outcome: Outcome["outcome"];
  readonly durationMs: number;
}

/** Operates the deliveries of a running app: what the API, the metrics and the pages use. */
export interface DeliveryControl {
  readonly store: DeliveryStore;
  /** Returns the configured destinations, in the order of the configuration. */
  destinations(): readonly ConfiguredDestination[];
  /** Stops sending to a registered destination; its deliveries wait. Returns false if it is not registered. */
  pause(name: string): Promise<boolean>;
  /** Continues after a pause or a block, and ends cooling. Returns false if it is not registered. */
  resume(name: string): Promise<boolean>;
  /**
   * Makes dead letters, with the code `discarded`, of the open deliveries to a destination that is not configured. Stops after some
   * seconds: call it again while any are open. Returns false if there is no such destination, or it is configured.
   */
  discard(name: string): Promise<boolean>;
  /** Sends a sample event to a configured destination, past its filters and its state, and stores nothing. */
  test(name: string): Promise<Outcome>;
  /** Counts what a replay would create, changing nothing. Stops at a limit of time. */
  dryRun(spec: ReplaySpec): Promise<ReplayPreview>;
  /** Checks a CEL expression over facts. Returns what is wrong with it, or undefined. */
  checkWhen(expression: string): Promise<string | undefined>;
  /** Lets router, dispatcher and replays look for work now. */
  wake(): void;
  /** Calls `listener` with the attempts that have ended in this process since the last call, for metrics. */
  onAttempts(listener: (attempts: readonly EndedAttempt[]) => void): void;
}
