import { type EventLog, type Facts, parseEvent, type ReceivedEvent } from "@sessionhook/core";
import { type Signal, signalsOf } from "./signals.js";

/** Details of a session that only its event has. */
export interface EventDetails {
  /** Undefined without a `FactsOf`. */
  readonly facts: Facts | undefined;
  readonly signals: readonly Signal[];
}

/** `factsOf` of `@sessionhook/core/facts`, which apps without derived tables do not import: it has 360 kB of domains. */
export type FactsOf = (event: ReceivedEvent) => Facts;

/** Reads an event; undefined if the store no longer has it or it does not fit its schema any more. */
export async function readDetails(
  store: EventLog,
  factsOf: FactsOf | undefined,
  eventId: string,
): Promise<EventDetails | undefined> {
  const stored = await store.get(eventId);
  if (stored === undefined) return undefined;
  const parsed = parseEvent(stored.raw);
  if (parsed.status !== "accepted") return undefined;
  return { facts: factsOf?.(parsed.event), signals: signalsOf(parsed.event) };
}
