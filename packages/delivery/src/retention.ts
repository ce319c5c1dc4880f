import type { DeliveryStore } from "@sessionhook/core";
import type { Clock } from "./clock.js";
import { log } from "./log.js";

const day = 24 * 60 * 60 * 1000;
const batchSize = 200;
/** Pause between two batches, in which others can write, as a multiple of the duration of the batch, and its limits. */
const [pauseTimes, leastPauseMs, mostPauseMs] = [4, 10, 100];
/** Pause when nothing more is to be deleted. */
const roundMs = 10 * 60 * 1000;

/** Retention times in milliseconds. */
export interface Retention {
  /** Events; absent: for ever. */
  readonly eventsMs?: number | undefined;
  /** Finished deliveries and their attempts. Default 30 days. */
  readonly historyMs?: number | undefined;
}

/** Retention of the ids of deleted events, so that a message that is sent again late is still a duplicate. */
const tombstoneMs = 30 * day;

/**
 * Deletes data that is older than its retention, and logs how much when nothing more is to be deleted.
 * @returns a function that deletes one batch, and returns the time of the next one
 */
export function pruner(
  store: Pick<DeliveryStore, "prune">,
  retention: Retention,
  clock: Pick<Clock, "now" | "elapsed">,
): () => Promise<number> {
  const deleted = { events: 0, deliveries: 0 };
  return async () => {
    const { nextAt, more, events, history } = await pruneBatch(store, retention, clock);
    deleted.events += events;
    deleted.deliveries += history;
    if (!more && Math.max(deleted.events, deleted.deliveries) > 0) {
      log.info("old data deleted", { ...deleted });
      deleted.events = deleted.deliveries = 0;
    }
    return nextAt;
  };
}

async function pruneBatch(
  store: Pick<DeliveryStore, "prune">,
  { eventsMs, historyMs = 30 * day }: Retention,
  { now, elapsed }: Pick<Clock, "now" | "elapsed">,
) {
  const [at, began] = [now(), elapsed()];
  const pruned = await store.prune({
    historyBefore: at - historyMs,
    eventsBefore: eventsMs === undefined ? undefined : at - eventsMs,
    tombstonesBefore: at - tombstoneMs,
    now: at,
    limit: batchSize,
  });
  const { history, events, tombstones, oldTables, unexamined } = pruned;
  const more = Math.max(history, events, tombstones) > 0 || oldTables || unexamined;
  const pauseMs = Math.min(mostPauseMs, Math.max(leastPauseMs, pauseTimes * (elapsed() - began)));
  return { nextAt: now() + (more ? pauseMs : roundMs), more, events, history };
}
