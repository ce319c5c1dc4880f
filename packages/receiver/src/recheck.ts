import type { EventStatus, EventLog, Issue } from "@sessionhook/core";
import { classify } from "@sessionhook/ingest";

export interface Rechecked {
  readonly id: string;
  readonly status: EventStatus;
  /** What it was before. */
  readonly previousStatus: EventStatus;
  readonly issues: readonly Issue[];
}

/**
 * Classifies a stored event again from its bytes and stores the verdict, so that events quarantined or
 * unrecognized by an older version are taken up after an upgrade. Undefined where there is no such event.
 */
export async function recheck(store: EventLog, id: string): Promise<Rechecked | undefined> {
  const event = await store.get(id);
  if (event === undefined) return undefined;
  const verdict = classify(event.raw);
  await store.reclassify(id, verdict);
  return { id, status: verdict.status, previousStatus: event.status, issues: verdict.issues };
}
