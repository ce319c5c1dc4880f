import type {
  DeliveryControl,
  DerivationStatus,
  DestinationOverview,
  EventLog,
  EventSummary,
  FactStore,
  StoreStats,
} from "@sessionhook/core";
import { destinationOverviews } from "@sessionhook/core/destination-overview";
import { maxPageSize } from "@sessionhook/core/limits";
import type { SystemInfo } from "../system-info.js";
import { type Rate, rateOf } from "./rate.js";

/** The state of the whole system. A part is undefined where it does not exist, and null where it could not be read. */
export interface SystemStatus {
  readonly system: SystemInfo;
  /** False if events cannot be stored now. */
  readonly writable: boolean;
  readonly stats: StoreStats | null;
  readonly storeBytes: number | null | undefined;
  readonly logBytes: number | undefined;
  /** Null for a store without events. */
  readonly newest: EventSummary | null;
  readonly lastHour: Rate | null;
  readonly lastDay: Rate | null;
  readonly destinations: readonly DestinationOverview[] | null | undefined;
  /** Events that are not routed yet. */
  readonly lag: number | null | undefined;
  readonly derivation: DerivationStatus | null | undefined;
  /** Null if there is none, undefined if it is unknown. */
  readonly lastBackupAt: number | null | undefined;
}

export interface StatusSources {
  readonly store: EventLog;
  readonly delivery: DeliveryControl | undefined;
  readonly facts: FactStore | undefined;
  readonly system: SystemInfo;
  /** Called with the reason for which a part could not be read. */
  readonly report: (error: unknown) => void;
}

const hour = 3_600_000;

/** Reads every part on its own, so that a failing one does not hide the others. */
export async function readStatus(
  { store, delivery, facts, system, report }: StatusSources,
  now: number,
): Promise<SystemStatus> {
  const orNull = async <T>(part: Promise<T>): Promise<T | null> => {
    try {
      return await part;
    } catch (error) {
      report(error);
      return null;
    }
  };
  const check = system.checkWritable ?? (() => store.checkWritable());
  const [writable, stats, storeBytes, page, destinations, lag, derivation, lastBackupAt] = await Promise.all([
    orNull(check().then(() => true)),
    orNull(store.stats()),
    system.storeBytes === undefined ? undefined : orNull(system.storeBytes()),
    orNull(store.list({ limit: maxPageSize })),
    delivery === undefined ? undefined : orNull(destinationOverviews(delivery, now)),
    delivery === undefined ? undefined : orNull(delivery.store.lag()),
    facts === undefined ? undefined : orNull(facts.status()),
    system.lastBackupAt?.().catch((error: unknown) => void report(error)),
  ]);
  return {
    system,
    writable: writable === true,
    stats,
    storeBytes,
    logBytes: store.logBytes,
    newest: page?.events[0] ?? null,
    lastHour: page === null ? null : rateOf(page, now, hour),
    lastDay: page === null ? null : rateOf(page, now, 24 * hour),
    destinations,
    lag,
    derivation,
    lastBackupAt,
  };
}
