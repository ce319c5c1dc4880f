import type { ConfiguredDestination } from "@sessionhook/app/load-config";
import { type Facts, noIssues, parseEvent, type StoredEvent } from "@sessionhook/core";
import { decide, type Decision, factsOfStored, selectionOf } from "@sessionhook/delivery";

/** An event as the store would have it, with its facts. */
export interface TriedEvent {
  readonly event: StoredEvent;
  readonly facts: Facts | undefined;
}

/** The decision about one destination, with the text that it would get. */
export interface Trial {
  readonly destination: ConfiguredDestination;
  readonly decision: Decision;
  /** Text that would be sent; undefined if nothing would be. */
  readonly preview: string | undefined;
}

/** Classifies a body as intake does and derives its facts as the router does. */
export function triedEvent(raw: Uint8Array, now: number): TriedEvent {
  const result = parseEvent(raw);
  const { issues, total, exact } = result.status === "quarantined" ? result : noIssues;
  const event: StoredEvent = {
    id: result.status === "quarantined" ? defaultId : idOf(result.event),
    version: 1,
    type: result.status === "accepted" ? result.event.type : result.type,
    status: result.status,
    receivedAt: now,
    attemptTimestamp: Math.floor(now / 1000),
    size: raw.length,
    duplicates: 0,
    position: "",
    raw,
    signature: "",
    issues,
    total,
    exact,
  };
  return { event, facts: factsOfStored(event) };
}

/** Message id of an event whose body has none. */
const defaultId = "evt_try";

const idOf = ({ id }: { readonly id?: unknown; readonly type: unknown }) =>
  typeof id === "string" && id !== "" ? id : defaultId;

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
