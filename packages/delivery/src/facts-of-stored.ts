import { type Facts, parseEvent, type StoredEvent } from "@sessionhook/core";
import { type Derived, deriveStored } from "@sessionhook/core/derive";
import { factsOf } from "@sessionhook/core/facts";

/** Derives what the router stores of an event: an event that is not stored as accepted has no rows of derived tables. */
export function derivedOf(event: StoredEvent): Derived {
  const derived = deriveStored(event);
  return event.status === "accepted" ? derived : { facts: derived.facts };
}

/** Derives the facts of a stored event from its body; undefined for one that does not fit its schema. */
export function factsOfStored(event: Pick<StoredEvent, "raw">): Facts | undefined {
  const parsed = parseEvent(event.raw);
  return parsed.status === "quarantined" ? undefined : factsOf(parsed.event);
}
