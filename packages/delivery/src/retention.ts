import type { DeliveryStore } from "@sessionhook/core";
import type { Clock } from "./clock.js";

const day = 24 * 60 * 60 * 1000;
const batchSize = 200;
/** Pause between two batches, in which the writer can commit. */
const pauseMs = 100;
/** Pause when nothing more is to be deleted. */
const roundMs = 10 * 60 * 1000;

/** Retention times in milliseconds. */
export interface Retention {
  /** Events; absent: for ever. */
  readonly eventsMs?: number | undefined;
  /** Finished deliveries and their attempts. Default 30 days. */
  readonly historyMs?: number | undefined;
}

/** Retention of the ids of deleted events, so that a late repetition is still a duplicate. */
const tombstoneMs = 30 * day;

/** Deletes one batch of data that is older than its retention; returns the time of the next batch. */
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
  const more = Math.max(pruned.history, pruned.events, pruned.tombstones) > 0 || pruned.oldTables;
  return now() + (more ? pauseMs : roundMs);
}
