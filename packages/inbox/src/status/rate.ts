import type { EventPage } from "@sessionhook/core";

/** Number of events in a time before now. */
export interface Rate {
  readonly events: number;
  /** False for an estimate from the events of the page, which do not reach back so far. */
  readonly exact: boolean;
}

/**
 * Counts the events of the last `ms`, from a page of the newest ones. If the page is full of them, continues their rate to
 * the whole time.
 */
export function rateOf({ events, nextCursor }: EventPage, now: number, ms: number): Rate {
  const within = events.filter(({ receivedAt }) => receivedAt > now - ms).length;
  if (within < events.length || nextCursor === null) return { events: within, exact: true };
  const oldest = Math.min(...events.map(({ receivedAt }) => receivedAt));
  return { events: Math.round((within / Math.max(1, now - oldest)) * ms), exact: false };
}
