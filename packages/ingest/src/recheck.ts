import type { Classification, EventLog, EventStatus, IssueList, StoredEvent } from "@sessionhook/core";
import { classify } from "./classify.js";
import { newestEvents, type NewestLimits, pathPattern } from "./newest-events.js";

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

/** Selects the events of a recheck of many. */
export interface RecheckSelection {
  readonly status: "quarantined" | "unrecognized";
  /** Only events with an issue at this pattern (see {@link pathPattern}). */
  readonly path?: string | undefined;
}

export interface RecheckLimits extends NewestLimits {
  /** Stops after this time, in milliseconds. Default: no limit. */
  readonly maxMs?: number | undefined;
  /** The clock of `maxMs`, in milliseconds. */
  readonly now: () => number;
}

/** The effect of a recheck of many events: before it runs, or of the run. */
export interface RecheckEffect {
  /** Selected events that were classified again, by their new status. */
  readonly counts: Readonly<Record<Classification, number>>;
  /** Message ids of those whose status changes, oldest first, at most 5. */
  readonly changed: readonly string[];
  /** False if there are further events: older than the limit of `newestEvents`, or not reached in `maxMs`. */
  readonly complete: boolean;
}

const maxSamples = 5;

/**
 * Classifies the newest selected events again.
 * @param options.store stores the results that differ; otherwise nothing is changed
 */
export async function recheckMany(
  log: EventLog,
  { status, path }: RecheckSelection,
  { maxMs = Infinity, now, ...limits }: RecheckLimits,
  options: { readonly store: boolean },
): Promise<RecheckEffect> {
  const until = now() + maxMs;
  const counts = { accepted: 0, quarantined: 0, unrecognized: 0 };
  const changed: string[] = [];
  const { pages, complete } = await newestEvents(log, status, limits);
  for await (const page of pages) {
    for (const event of page) {
      if (path !== undefined && !hasIssueAt(event, path)) continue;
      if (now() > until) return { counts, changed, complete: false };
      const classified = classify(event.raw);
      counts[classified.status]++;
      const changes = classified.status !== event.status;
      if (changes && changed.length < maxSamples) changed.push(event.id);
      if (options.store && (changes || !sameIssues(event, classified)))
        await log.reclassify(event.id, classified);
    }
  }
  return { counts, changed, complete };
}

function hasIssueAt({ issues }: StoredEvent, pattern: string): boolean {
  return issues.some((issue) => pathPattern(issue.path) === pattern);
}

/** A store can have fewer of the issues than a classification lists. */
function sameIssues(stored: IssueList, found: IssueList): boolean {
  return (
    stored.total === found.total &&
    stored.issues.every(
      ({ path, message }, i) => found.issues[i]?.path === path && found.issues[i].message === message,
    )
  );
}
