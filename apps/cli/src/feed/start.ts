import type { Shell } from "../shell.js";
import type { FeedEvent } from "./feed-event.js";
import { type FeedOptions, readList } from "./read-feed.js";

/** The position in the event log where following begins. */
export interface Start {
  /** Position to read after; empty for the first event. */
  readonly after: string;
  /** Events received before this time, in Unix milliseconds, are not followed. */
  readonly since?: number;
  /** The newest event at the start, which is not yielded. */
  readonly newest?: FeedEvent;
}

/** Events can be stored in a slightly different order than they were received: the search ends at events this much older. */
const disorderMs = 60_000;

/** Finds the end of the event log. */
export async function startNow(shell: Shell, options: FeedOptions): Promise<Start> {
  const [newest, previous] = (await readList(shell, options, { limit: 2 })).events;
  if (newest === undefined) return { after: "" };
  return { after: previous?.position ?? "", newest };
}

/** Finds the position before the first event that was received since a time. */
export async function startSince(shell: Shell, options: FeedOptions, since: number): Promise<Start> {
  let cursor: string | undefined;
  do {
    const { events, nextCursor } = await readList(shell, options, { limit: 500, cursor });
    const older = events.find(({ receivedAt }) => receivedAt < since - disorderMs);
    if (older !== undefined) return { after: older.position, since };
    cursor = nextCursor;
  } while (cursor !== undefined);
  return { after: "", since };
}
