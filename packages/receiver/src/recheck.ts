import type { EventStatus, EventLog, IssueList } from "@sessionhook/core";
import { classify } from "@sessionhook/ingest";

export interface Rechecked extends IssueList {
  readonly id: string;
  readonly status: EventStatus;
  /** The status before the recheck. */
  readonly previousStatus: EventStatus;
}

/**
 * Classifies a stored event again from its bytes and stores the result, so that events quarantined or
 * unrecognized by an older version are accepted after an upgrade. Returns undefined if the event does not exist.
 */
export async function recheck(store: EventLog, id: string): Promise<Rechecked | undefined> {
  const event = await store.get(id);
  if (event === undefined) return undefined;
  const classified = classify(event.raw);
  await store.reclassify(id, classified);
  const { status, issues, total, exact } = classified;
  return { id, status, previousStatus: event.status, issues, total, exact };
}
