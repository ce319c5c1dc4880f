import type { ConfiguredDestination } from "@sessionhook/app/load-config";
import { noIssues, parseEvent, type StoredEvent } from "@sessionhook/core";
import { type Facts, factsOf } from "@sessionhook/core/facts";
import { decide, type Decision, selectionOf } from "@sessionhook/delivery";

/** An event as the store would have it, with its facts. */
export interface TriedEvent {
  readonly event: StoredEvent;
  readonly facts: Facts | undefined;
}

/** What a destination would get of an event. */
export interface Trial {
  readonly destination: ConfiguredDestination;
  readonly decision: Decision;
  /** Text that would be sent; undefined if nothing would be. */
  readonly preview: string | undefined;
}

/** Classifies a body as intake does and derives its facts as the router does. */
export function triedEvent(raw: Uint8Array, now: number): TriedEvent {
  const result = parseEvent(raw);
  const event = result.status === "quarantined" ? undefined : result.event;
  const id = typeof event?.id === "string" && event.id !== "" ? event.id : "evt_try";
  const row = {
    id,
    version: 1,
    status: result.status,
    receivedAt: now,
    attemptTimestamp: Math.floor(now / 1000),
    size: raw.length,
    duplicates: 0,
    position: "",
    raw,
    signature: "",
  };
  if (result.status === "quarantined") {
    const { issues, total, exact } = result;
    return { event: { ...row, type: result.type, issues, total, exact }, facts: undefined };
  }
  const type = result.status === "unrecognized" ? result.type : result.event.type;
  return { event: { ...row, type, ...noIssues }, facts: factsOf(result.event) };
}

/** Decides what each destination gets, by the function that the router uses. */
export function tryEvent(
  { event, facts }: TriedEvent,
  destinations: readonly ConfiguredDestination[],
): Promise<Trial[]> {
  return Promise.all(
    destinations.map(async (destination): Promise<Trial> => {
      const decision = decide(event, facts, selectionOf(destination.options));
      if (!decision.wants) return { destination, decision, preview: undefined };
      const item = { deliveryId: "try", attempt: 1, replay: null, event, facts };
      return { destination, decision, preview: await destination.preview(item) };
    }),
  );
}
