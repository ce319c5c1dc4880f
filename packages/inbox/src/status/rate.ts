import type { EventPage } from "@sessionhook/core";

/** Number of events in a time before now. */
export interface Rate {
  readonly events: number;
  /** False if the page of events does not reach back so far: there are more. */
  readonly exact: boolean;
  /** Time that was counted, in milliseconds. */
  readonly ms: number;
}

/** Counts the events of the last `ms`, from a page of the newest ones. */
export function rateOf({ events, nextCursor }: EventPage, now: number, ms: number): Rate {
  const within = events.filter(({ receivedAt }) => receivedAt > now - ms).length;
  if (within < events.length || nextCursor === null) return { events: within, exact: true, ms };
  const oldest = Math.min(...events.map(({ receivedAt }) => receivedAt));
  return { events: within, exact: false, ms: Math.max(0, now - oldest) };
}
