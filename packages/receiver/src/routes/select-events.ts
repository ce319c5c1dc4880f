import type { EventFilter, EventPage, EventSummary, FactStore, Paging } from "@sessionhook/core";
import type { Services } from "../services.js";
import { requireFacts } from "./require-facts.js";

/** The filters of `GET /api/events`: those of the event log, a time of receipt, a person and a company. */
export interface EventSelection extends EventFilter {
  /** Unix milliseconds, from inclusive, to exclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly person?: string | undefined;
  readonly company?: string | undefined;
}

/** Pages of the store that one request reads at most, when they contain nothing that is selected, and milliseconds. */
const [mostPages, mostMs] = [20, 500];

/** Returns whether an event was received within the range. */
export function receivedWithin({ from = 0, to = Infinity }: EventSelection) {
  return ({ receivedAt }: EventSummary): boolean => receivedAt >= from && receivedAt < to;
}

/**
 * Reads a page of the selected events, newest first. The event log has no index of the other filters: a page can be short or
 * empty and still have a next one.
 * @throws ReceiveError `not_found` for a person or company where there are no derived tables
 */
export async function selectEvents(
  { store, facts }: Services,
  selection: EventSelection,
  { limit, cursor }: Paging,
): Promise<EventPage> {
  const { from, to, person, company, ...filter } = selection;
  const owned = person !== undefined || company !== undefined;
  const read = owned
    ? ownedEvents(requireFacts(facts), { person, company })
    : (paging: Paging) => store.list({ ...filter, ...paging });
  const within = receivedWithin({ from, to });
  const selected = (event: EventSummary) => within(event) && (!owned || matches(event, filter));
  let page = await read({ limit, cursor });
  let events = page.events.filter(selected);
  const until = performance.now() + mostMs;
  for (let pages = 1; pages < mostPages && events.length === 0 && page.nextCursor !== null; pages++) {
    // SQLite reads in the thread that receives messages: they come between two pages.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (performance.now() > until) break;
    page = await read({ limit, cursor: page.nextCursor });
    events = page.events.filter(selected);
  }
  return { events, nextCursor: page.nextCursor };
}

function ownedEvents(facts: FactStore, owner: Pick<EventSelection, "person" | "company">) {
  return async (paging: Paging): Promise<EventPage> => {
    const { rows, nextCursor } = await facts.eventsOf({ ...owner, ...paging });
    return { events: rows, nextCursor };
  };
}

function matches(event: EventSummary, { status, type, q = "" }: EventFilter): boolean {
  return (
    (status === undefined || event.status === status) &&
    (type === undefined || event.type === type) &&
    event.id.startsWith(q)
  );
}
