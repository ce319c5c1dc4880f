import type { DeliveryStore, EventLog, ReplaySpec, StoredEvent } from "@sessionhook/core";

/** An event that a replay may send, with the destinations it may send it to. */
export interface Candidate {
  readonly event: StoredEvent;
  readonly destinations: readonly string[];
  /** Position of the replay after this event. */
  readonly position: string;
}

export interface CandidatePage {
  readonly candidates: readonly Candidate[];
  /** Position of the replay after the page. */
  readonly position: string;
  readonly done: boolean;
}

/** The part of its events that a replay has yet to read. */
export interface Rest {
  /** Null at the start. */
  readonly position: string | null;
  /** Position in the event log where the replay ends; null for the end of the log. */
  readonly end: string | null;
}

export interface ReplaySource {
  readonly store: DeliveryStore;
  readonly eventLog: EventLog;
}

/**
 * Reads the next events of a replay: the named ones, those with dead letters, or all of the event log. The position is an
 * index into the named ids, a destination with a cursor of its dead letters, or a position in the event log. Only reading
 * the log ends at `end`: the others are finite.
 */
export function readCandidates(
  source: ReplaySource,
  spec: ReplaySpec,
  rest: Rest,
  limit: number,
): Promise<CandidatePage> {
  const { position } = rest;
  if (spec.events !== undefined) return readNamed(source, spec, spec.events, position, limit);
  return spec.kind === "failed"
    ? readDead(source, spec, position, limit)
    : readLog(source, spec, rest, limit);
}

async function readNamed(
  { eventLog }: ReplaySource,
  { destinations }: ReplaySpec,
  ids: readonly string[],
  position: string | null,
  limit: number,
): Promise<CandidatePage> {
  const from = Number(position ?? 0);
  const end = Math.min(ids.length, from + limit);
  const candidates: Candidate[] = [];
  for (let i = from; i < end; i++) {
    const event = await eventLog.get(ids[i] as string);
    if (event !== undefined) candidates.push({ event, destinations, position: String(i + 1) });
  }
  return { candidates, position: String(end), done: end === ids.length };
}

async function readDead(
  { store, eventLog }: ReplaySource,
  { destinations }: ReplaySpec,
  position: string | null,
  limit: number,
): Promise<CandidatePage> {
  const [, index = "0", cursor = ""] = /^(\d+):(.*)$/s.exec(position ?? "") ?? [];
  const destination = destinations[Number(index)];
  if (destination === undefined) return { candidates: [], position: position ?? "0:", done: true };
  const page = await store.list({
    destination,
    state: "dead",
    limit,
    cursor: cursor === "" ? undefined : cursor,
  });
  const next = page.nextCursor === null ? `${Number(index) + 1}:` : `${index}:${page.nextCursor}`;
  const candidates: Candidate[] = [];
  for (const id of new Set(page.deliveries.map(({ eventId }) => eventId))) {
    const event = await eventLog.get(id);
    if (event !== undefined) candidates.push({ event, destinations: [destination], position: next });
  }
  const done = page.nextCursor === null && Number(index) + 1 === destinations.length;
  return { candidates, position: next, done };
}

async function readLog(
  { store, eventLog }: ReplaySource,
  { destinations, status, type }: ReplaySpec,
  { position, end }: Rest,
  limit: number,
): Promise<CandidatePage> {
  const page = await eventLog.scan({
    after: position ?? undefined,
    limit,
    status: status as StoredEvent["status"] | undefined,
    type,
  });
  const candidates = page.events.map((event) => ({ event, destinations, position: event.position }));
  if (end === null) return { candidates, position: page.position, done: page.end };
  const positions = [...candidates.map((each) => each.position), page.position];
  const within = await store.countUntil(end, positions);
  const done = page.end || within < positions.length;
  return { candidates: candidates.slice(0, within), position: page.position, done };
}
