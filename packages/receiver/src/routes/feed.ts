import type { EventLog, StoredEvent } from "@sessionhook/core";
import { allPages, bodyOf, type ExportedBody } from "@sessionhook/core/export";
import { type EventSelection, receivedWithin } from "./select-events.js";

/** A page of `GET /api/events?after=`: whole events, oldest first. */
export interface Feed {
  readonly events: readonly FeedEvent[];
  /** `after` of the next request, also when no event has arrived since. */
  readonly position: string;
  /** True if the event log had no further events. */
  readonly end: boolean;
  /** For this long an event can still appear below a position; 0 where it cannot. */
  readonly settleSeconds: number;
}

/** The exact bytes are `body` where they are UTF-8, otherwise `bodyBase64`. */
type FeedEvent = Omit<StoredEvent, "raw"> & ExportedBody;

type FeedQuery = Omit<EventSelection, "person" | "company"> & { readonly after: string };

/** Reads the event log forward from a position; from its first event where the position is empty. */
export async function readFeed(
  store: EventLog,
  { after, from, to, ...query }: FeedQuery & { readonly limit: number },
): Promise<Feed> {
  const page = await store.scan(after === "" ? query : { ...query, after });
  const events = page.events.filter(receivedWithin({ from, to }));
  const settleSeconds = Math.ceil((store.settleMs ?? 0) / 1000);
  return { events: events.map(feedEvent), position: page.position, end: page.end, settleSeconds };
}

/** Yields the pages of the event log from a position to its end. */
export function feedPages(store: EventLog, query: FeedQuery) {
  return allPages(async ({ limit, cursor = query.after }) => {
    const { events, position, end } = await readFeed(store, { ...query, limit, after: cursor });
    return { rows: events, nextCursor: end ? null : position };
  });
}

function feedEvent({ raw, ...event }: StoredEvent): FeedEvent {
  return { ...event, ...bodyOf(raw) };
}
