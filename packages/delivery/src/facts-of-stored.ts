import { type Facts, parseEvent, type StoredEvent } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";

/** Derives the facts of a stored event from its body; undefined for one that does not fit its schema. */
export function factsOfStored(event: Pick<StoredEvent, "raw">): Facts | undefined {
  const parsed = parseEvent(event.raw);
  return parsed.status === "quarantined" ? undefined : factsOf(parsed.event);
}
