import type { Facts, ReplaySpec, StoredEvent } from "@sessionhook/core";
import { type Cooldown, decide, type Selection } from "../decide.js";
import { compileFilter, type Filter } from "../filter/compile-filter.js";
import { type Candidate, readCandidates, type ReplaySource, type Rest } from "./read-candidates.js";

/** Maximum number of events that one step reads from the event log. */
const pageSize = 200;
/** Maximum size of a page of dead letters or of named events. */
const smallPage = 100;

export interface ReplayContext extends ReplaySource {
  /** The selection of each configured destination, by name. */
  readonly selections: ReadonlyMap<string, Selection>;
  readonly factsOf: (event: StoredEvent) => Facts | undefined;
}

/** A delivery that the replay creates. */
export interface Match {
  readonly event: StoredEvent;
  readonly facts: Facts | undefined;
  readonly destination: string;
  readonly cooldown: Cooldown | undefined;
}

export interface Matches {
  readonly matches: readonly Match[];
  readonly position: string;
  readonly done: boolean;
}

/**
 * Finds the next deliveries of a replay, about `want` of them, without storing anything: the dry run and the replay itself
 * use this function. Destinations get the events that their options select; dead letters in any case, since they were selected.
 * @throws FilterError if `when` is invalid
 */
export async function nextMatches(
  context: ReplayContext,
  spec: ReplaySpec,
  rest: Rest,
  want: number,
): Promise<Matches> {
  const byLog = spec.events === undefined && spec.kind !== "failed";
  const limit = byLog ? pageSize : Math.max(1, Math.min(smallPage, want));
  const page = await readCandidates(context, spec, rest, limit);
  const filter = spec.when === undefined ? undefined : compileFilter(spec.when);
  const matches: Match[] = [];
  for (const candidate of page.candidates) {
    matches.push(...(await matchesOf(context, spec, filter, candidate)));
    // Only reading the event log can continue in the middle of a page.
    if (byLog && matches.length >= want && candidate !== page.candidates.at(-1))
      return { matches, position: candidate.position, done: false };
  }
  return { matches, position: page.position, done: page.done };
}

async function matchesOf(
  context: ReplayContext,
  spec: ReplaySpec,
  filter: Filter | undefined,
  { event, destinations }: Candidate,
): Promise<Match[]> {
  if (!isSelected(event, spec)) return [];
  const facts = context.factsOf(event);
  if (filter !== undefined && filter.matches(facts) !== true) return [];
  const wanted = destinations.flatMap((destination): Match[] => {
    const selection = context.selections.get(destination);
    if (selection === undefined) return [];
    if (spec.kind === "failed") return [{ event, facts, destination, cooldown: undefined }];
    const decision = decide(event, facts, selection);
    return decision.wants ? [{ event, facts, destination, cooldown: decision.cooldown }] : [];
  });
  if (wanted.length === 0) return [];
  const pairs = wanted.map(({ destination }) => ({ eventId: event.id, destination }));
  const creates = await context.store.matches(spec.kind, pairs);
  return wanted.filter((_, i) => creates[i]);
}

function isSelected(event: StoredEvent, { status, type, from, to }: ReplaySpec): boolean {
  if (event.status === "conflict" || event.version !== 1) return false;
  if (status !== undefined && event.status !== status) return false;
  if (type !== undefined && event.type !== type) return false;
  return event.receivedAt >= (from ?? -Infinity) && event.receivedAt < (to ?? Infinity);
}
