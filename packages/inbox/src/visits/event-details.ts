import { type EventLog, parseEvent } from "@sessionhook/core";
import { type Facts, factsOf } from "@sessionhook/core/facts";
import { type Timeline, timelineOf } from "./signals.js";

/** Details of a session that only its event has. */
export interface EventDetails {
  readonly facts: Facts;
  readonly timeline: Timeline;
}

/** Reads an event; undefined if the store no longer has it or it does not fit its schema any more. */
export async function readDetails(store: EventLog, eventId: string): Promise<EventDetails | undefined> {
  const stored = await store.get(eventId);
  if (stored === undefined) return undefined;
  const parsed = parseEvent(stored.raw);
  if (parsed.status !== "accepted") return undefined;
  return { facts: factsOf(parsed.event), timeline: timelineOf(parsed.event) };
}
