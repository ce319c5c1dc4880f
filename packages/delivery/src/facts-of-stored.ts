import { type DerivedRecords, type Facts, parseEvent, type StoredEvent } from "@sessionhook/core";
import { recordsOf } from "@sessionhook/core/derive";
import { factsOf } from "@sessionhook/core/facts";

/** Everything that the router derives from one event. */
export interface Derived {
  readonly facts: Facts | undefined;
  /** Rows of the derived tables; undefined for an event that is not accepted. */
  readonly records?: DerivedRecords | undefined;
}

/** Derives facts and records of a stored event; parses its body once. */
export function deriveStored({ id, raw, status, receivedAt }: StoredEvent): Derived {
  const parsed = parseEvent(raw);
  if (parsed.status === "quarantined") return { facts: undefined };
  const { event } = parsed;
  const facts = factsOf(event);
  const accepted = parsed.status === "accepted" && status === "accepted";
  return { facts, records: accepted ? recordsOf({ id, event, receivedAt }, facts) : undefined };
}

/** Derives the facts of a stored event from its body; undefined for one that does not fit its schema. */
export function factsOfStored(event: Pick<StoredEvent, "raw">): Facts | undefined {
  const parsed = parseEvent(event.raw);
  return parsed.status === "quarantined" ? undefined : factsOf(parsed.event);
}
