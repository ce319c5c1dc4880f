import type { Destination, EventStatus } from "@sessionhook/core";

/** Presets of events that a destination does not get. */
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
  /** Its durable identity. */
  readonly name: string;
  /** Event types it gets; absent: all. */
  readonly types?: readonly string[] | undefined;
  /** Statuses it gets; never conflicts. */
  readonly statuses: readonly Exclude<EventStatus, "conflict">[];
  readonly skip: readonly SkipPreset[];
  /** CEL expression over facts. */
  readonly when?: string | undefined;
  readonly cooldown?: { readonly per: "person" | "company"; readonly forMs: number } | undefined;
  /** Most sends at a time. */
  readonly concurrency: number;
  /** Most sends per second in each process; absent: no limit. */
  readonly rate?: number | undefined;
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly retry: { readonly scheduleMs: readonly number[]; readonly maxAgeMs: number };
}

/** A destination that this process sends to. */
export interface ConfiguredDriver {
  readonly options: DestinationOptions;
  readonly driver: Destination;
}
