import { setImmediate } from "node:timers/promises";
import { type EventLog, type FactStore, sign } from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";
import { type ReceivedMessage, storeWriter } from "@sessionhook/ingest";
import type { HistoryEvent } from "@sessionhook/simulator";

/** Events of one commit. */
const batchSize = 500;

/** Returns an event of a history as the message that it would have been. */
function messageOf({ id, body, receivedAt }: HistoryEvent, secret: string): ReceivedMessage {
  const raw = new TextEncoder().encode(body);
  const attemptTimestamp = Math.floor(receivedAt / 1000);
  const headers = sign(raw, { id, secret, timestamp: attemptTimestamp });
  return { id, raw, receivedAt, attemptTimestamp, signature: headers["webhook-signature"] };
}

/** Writes a history into a store as if it had been received. Returns the number of events. */
export async function writeHistory(
  store: EventLog,
  history: Iterable<HistoryEvent>,
  secret: string,
): Promise<number> {
  const writer = storeWriter(store, "quarantine");
  let count = 0;
  let batch: ReceivedMessage[] = [];
  const flush = async () => {
    if (batch.length > 0) await writer.write(batch);
    count += batch.length;
    batch = [];
    // Lets the process handle signals.
    await setImmediate();
  };
  for (const event of history) {
    batch.push(messageOf(event, secret));
    if (batch.length === batchSize) await flush();
  }
  await flush();
  return count;
}

/** Derives sessions, people and companies of everything that is in the log: the router begins with what comes next. */
export async function deriveHistory(facts: FactStore, now: number): Promise<void> {
  let { done } = await facts.startRebuild(now);
  while (!done) {
    ({ done } = await facts.rebuildStep(batchSize, recordsOfStored));
    await setImmediate();
  }
}
