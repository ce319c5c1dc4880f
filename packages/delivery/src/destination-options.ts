import type { Destination, EventStatus } from "@sessionhook/core";

/** Groups of events that a destination can skip. */
export type SkipPreset =
  | "bots"
  | "corporate-proxies"
  | "freemail"
  | "eu"
  | "no-person"
  | "no-company"
  | "no-valid-email";

/** Options that every destination has, whatever its type. Times are milliseconds. */
export interface DestinationOptions {
  /** Identifies the destination in the store, also after a restart or a change of its other options. */
  readonly name: string;
  /** Event types that it gets; absent: all. */
  readonly types?: readonly string[] | undefined;
  /** Statuses of events that it gets; never conflicts. */
  readonly statuses: readonly Exclude<EventStatus, "conflict">[];
  readonly skip: readonly SkipPreset[];
  /** CEL expression over facts. */
  readonly when?: string | undefined;
  readonly cooldown?: { readonly per: "person" | "company"; readonly forMs: number } | undefined;
  /** Maximum number of sends at a time. */
  readonly concurrency: number;
  /** Maximum number of sends per second in each process; absent: no limit. */
  readonly rate?: number | undefined;
  /** Time limit of one attempt. */
  readonly timeoutMs: number;
  readonly retry: { readonly scheduleMs: readonly number[]; readonly maxAgeMs: number };
}

/** A destination that this process sends to. */
export interface ConfiguredDriver {
  readonly options: DestinationOptions;
  readonly driver: Destination;
}
