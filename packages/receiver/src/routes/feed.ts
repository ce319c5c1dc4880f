import type { EventFilter, EventLog, ScanQuery, StoredEvent } from "@sessionhook/core";
import { allPages } from "@sessionhook/core/export";

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
type FeedEvent = Omit<StoredEvent, "raw"> & ({ readonly body: string } | { readonly bodyBase64: string });

/** Reads the event log forward from a position; from its first event where the position is empty. */
export async function readFeed(store: EventLog, { after, ...query }: ScanQuery): Promise<Feed> {
  const page = await store.scan(after === "" ? query : { ...query, after });
  const settleSeconds = Math.ceil((store.settleMs ?? 0) / 1000);
  return { events: page.events.map(feedEvent), position: page.position, end: page.end, settleSeconds };
}

/** Yields the pages of the event log from a position to its end. */
export function feedPages(store: EventLog, { after, ...filter }: EventFilter & { readonly after: string }) {
  return allPages(async ({ limit, cursor = after }) => {
    const { events, position, end } = await readFeed(store, { ...filter, limit, after: cursor });
    return { rows: events, nextCursor: end ? null : position };
  });
}

function feedEvent({ raw, ...event }: StoredEvent): FeedEvent {
  const body = exactText(raw);
  return body === undefined ? { ...event, bodyBase64: base64(raw) } : { ...event, body };
}

/** Returns the text of which these are the bytes; undefined if they are not UTF-8. */
function exactText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  // In parts, because a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
