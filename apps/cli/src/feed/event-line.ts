import { harmless } from "../shell.js";
import type { FeedEvent } from "./feed-event.js";

/** Returns an event as one line: time, status, type and id. */
export function eventLine({ receivedAt, status, type, id }: FeedEvent): string {
  return `${instant(receivedAt)}  ${harmless(status).padEnd(12)}  ${harmless(type ?? "-").padEnd(26)}  ${harmless(id)}`;
}

/** Returns Unix milliseconds as ISO 8601. */
export function instant(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "-" : date.toISOString();
}
