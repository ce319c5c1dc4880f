import type { Classification, EventLog, EventStatus, IssueList, StoredEvent } from "@sessionhook/core";
import { maxPageSize } from "@sessionhook/core/limits";
import { classify } from "./classify.js";
import { pathPattern } from "./newest-events.js";
import { systemDefer } from "./write-queue.js";

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

export interface RecheckLimits {
  /** `position` of an earlier effect: continues there. Default: the oldest event. */
  readonly after?: string | undefined;
  /** Maximum number of selected events. Default 5,000. */
  readonly maxEvents?: number | undefined;
  /** Stops when the bodies that were read have this size together, in bytes, selected or not. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
  /** Stops after this time, in milliseconds. Default: no limit. */
  readonly maxMs?: number | undefined;
  /** The clock of `maxMs`, in milliseconds. */
  readonly now: () => number;
}

/** The effect of a recheck of many events: of a preview, which stores nothing, or of the run. */
export interface RecheckEffect {
  /** Selected events that were classified again, by their new status. */
  readonly counts: Readonly<Record<Classification, number>>;
  /** Message ids of those whose status changes, oldest first, at most 5. */
  readonly changed: readonly string[];
  /** Position in the event log after the last event that was examined. */
  readonly position: string | undefined;
  /** False if newer events were not examined because a limit was reached. */
  readonly complete: boolean;
}

const maxSamples = 5;

/**
 * Classifies the selected events again, oldest first, until it reaches a limit or the end of the event log. It examines at
 * least one event, so that repeated calls with `after` reach the end.
 * @param options.store stores the results that differ; otherwise nothing is changed
 * @throws StoreError `invalid_cursor` if `after` is not a position of this store
 */
export async function recheckMany(
  log: EventLog,
  { status, path }: RecheckSelection,
  { after, maxEvents = 5000, maxBytes = 32 * 1024 * 1024, maxMs = Infinity, now }: RecheckLimits,
  options: { readonly store: boolean },
): Promise<RecheckEffect> {
  const until = now() + maxMs;
  const counts = { accepted: 0, quarantined: 0, unrecognized: 0 };
  const changed: string[] = [];
  let [selected, bytes, position] = [0, 0, after];
  const spent = () => position !== after && (selected >= maxEvents || bytes >= maxBytes || now() > until);
  for (;;) {
    const page = await log.scan({ status, after: position, limit: maxPageSize });
    for (const event of page.events) {
      if (spent()) return { counts, changed, position, complete: false };
      bytes += event.size;
      position = event.position;
      if (path !== undefined && !hasIssueAt(event, path)) continue;
      selected++;
      const classified = classify(event.raw);
      counts[classified.status]++;
      const changes = classified.status !== event.status;
      if (changes && changed.length < maxSamples) changed.push(event.id);
      if (options.store && (changes || !sameIssues(event, classified)))
        await log.reclassify(event.id, classified);
    }
    position = page.position;
    if (page.end) return { counts, changed, position, complete: true };
    if (page.events.length === 0 && spent()) return { counts, changed, position, complete: false };
    // Other work runs between two pages.
    await new Promise<void>((resolve) => systemDefer(resolve));
  }
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
