import type { destinationStates } from "./fixed-values.js";
import type { DeliveryControl } from "./ports/delivery-control.js";
import type { Reason } from "./ports/destination.js";

/** State and numbers of one destination. Times are Unix milliseconds. */
export interface DestinationOverview {
  readonly name: string;
  /** Null for an orphaned destination. */
  readonly type: string | null;
  /** Scheme and host, or a path, without secrets; null for an orphaned destination. */
  readonly target: string | null;
  /** `orphaned`: it has left the configuration, and its open deliveries wait until it is back. */
  readonly state: (typeof destinationStates)[number];
  readonly reason: Reason | null;
  /** Since when it has this state; null if it has never been registered. */
  readonly since: number | null;
  /** Cooling, blocked: when one probe may be sent. */
  readonly probeAt: number | null;
  /** It asked for no attempt before this time. */
  readonly pacedUntil: number | null;
  /** Deliveries that are waiting or being delivered. */
  readonly open: number;
  readonly dead: number;
  readonly delivered: number;
  readonly skipped: number;
  /**
   * Time since which the oldest due delivery could have been sent; null if none is due. Nothing is due before the end of a
   * pause that the destination asked for.
   */
  readonly oldestDueAt: number | null;
  readonly lastDeliveredAt: number | null;
}

/** Returns every destination: the configured ones in their order, then the orphaned ones by name. */
export async function destinationOverviews(
  control: DeliveryControl,
  now: number,
): Promise<readonly DestinationOverview[]> {
  const [rows, counts] = await Promise.all([control.store.destinations(), control.store.counts(now)]);
  const configured = new Map(control.destinations().map((destination) => [destination.name, destination]));
  const rowOf = new Map(rows.map((row) => [row.name, row]));
  const countsOf = new Map(counts.map((count) => [count.destination, count]));
  const orphaned = [...new Set([...rowOf.keys(), ...countsOf.keys()])].filter(
    (name) => !configured.has(name),
  );
  return [...configured.keys(), ...orphaned.toSorted()].map((name) => {
    const { type = null, target = null } = configured.get(name) ?? {};
    const state = rowOf.get(name)?.state;
    const { open = 0, dead = 0, delivered = 0, skipped = 0, oldestDueAt = null } = countsOf.get(name) ?? {};
    return {
      name,
      type,
      target,
      state: configured.has(name) ? (state?.status ?? "ready") : "orphaned",
      reason: state?.reason ?? null,
      since: state?.since ?? null,
      probeAt: state?.probeAt ?? null,
      pacedUntil: state?.pacedUntil ?? null,
      open,
      dead,
      delivered,
      skipped,
      oldestDueAt: afterPause(oldestDueAt, state?.pacedUntil ?? null, now),
      lastDeliveredAt: state?.lastDeliveredAt ?? null,
    };
  });
}

function afterPause(dueAt: number | null, pacedUntil: number | null, now: number): number | null {
  if (dueAt === null || pacedUntil === null) return dueAt;
  return pacedUntil > now ? null : Math.max(dueAt, pacedUntil);
}
