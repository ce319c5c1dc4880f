import type { ClaimedDelivery, DeliveryStore, Settlement } from "@sessionhook/core";
import type { Clock } from "./clock.js";

/** Time after which no further batch begins: a request waits for it. */
const longestMs = 5000;
const leaseMs = 60_000;
/** Deliveries are claimed whenever they are due: as if it were so much later. */
const aheadMs = 100 * 366 * 24 * 60 * 60 * 1000;

/** Makes dead letters of the open deliveries to a destination that no process sends to, in batches, for some seconds. */
export async function discardOpen(
  store: Pick<DeliveryStore, "claim" | "settle">,
  destination: string,
  { now, elapsed }: Clock,
): Promise<void> {
  const until = elapsed() + longestMs;
  const owner = crypto.randomUUID();
  for (const kind of ["new", "retry", "replay"] as const) {
    while (elapsed() < until) {
      const query = { destination, class: kind, limit: 100, owner } as const;
      const claims = await store.claim({ ...query, now: now() + aheadMs, leaseMs: leaseMs - aheadMs });
      if (claims.length === 0) break;
      await store.settle(claims.map((claim) => discarded(claim, owner, now())));
    }
  }
}

function discarded({ id, attempts }: ClaimedDelivery, owner: string, at: number): Settlement {
  const reason = { code: "discarded" };
  const record = { number: attempts, startedAt: at, durationMs: 0, outcome: "rejected", reason } as const;
  return { id, attempt: attempts, owner, at, record, next: { state: "dead" } };
}
