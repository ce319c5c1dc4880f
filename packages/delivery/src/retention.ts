import type { DeliveryStore } from "@sessionhook/core";
import type { Clock } from "./clock.js";

const day = 24 * 60 * 60 * 1000;
const batchSize = 200;
/** Between two batches, so that the writer gets its turn. */
const pauseMs = 100;
/** Between two rounds that found nothing more to delete. */
const roundMs = 10 * 60 * 1000;

/** How long data is stored, in milliseconds. */
export interface Retention {
  /** Events; absent: for ever. */
  readonly eventsMs?: number | undefined;
  /** Finished deliveries and their attempts. Default 30 days. */
  readonly historyMs?: number | undefined;
}

/** How long the id of a deleted event is stored, so that a late repetition is still a duplicate. */
const tombstoneMs = 30 * day;

/** Deletes one batch of what is older than its retention; returns when to go on. */
export async function pruneBatch(
  store: Pick<DeliveryStore, "prune">,
  { eventsMs, historyMs = 30 * day }: Retention,
  { now }: Pick<Clock, "now">,
): Promise<number> {
  const at = now();
  const pruned = await store.prune({
    historyBefore: at - historyMs,
    eventsBefore: eventsMs === undefined ? undefined : at - eventsMs,
    tombstonesBefore: at - tombstoneMs,
    now: at,
    limit: batchSize,
  });
  const more = Math.max(pruned.history, pruned.events, pruned.tombstones) > 0;
  return now() + (more ? pauseMs : roundMs);
}
