import type { ReceivedEvent, UnrecognizedEvent } from "../schema/event-types.js";
import type { FactDefinition, FactType } from "./definition.js";
import { readableFacts } from "./definitions.js";
import type { Facts } from "./generated/facts.js";
import { readFacts } from "./read-facts.js";

export type { FactDefinition, FactType };
export { factTree, type FactTree, type FactValue } from "./fact-tree.js";
export type { Facts };

/** Every fact by name, path, type, description and derivation, in the order of the row. docs/facts.md lists the same. */
export const factDefinitions: readonly FactDefinition[] = readableFacts;

/**
 * Derives the flat row of an event: person, company, session, pages and visit. docs/facts.md lists every fact and its rule.
 * An absent fact has no key. Never throws for an event that was parsed from JSON, whatever its fields hold; the values
 * are bounded. Times are Unix milliseconds.
 * @param event an event as `parseEvent` or `unwrap` return it; one of an unknown type has the facts whose fields it shares
 *
 * @example
 * ```ts
 * import { parseEvent } from "@sessionhook/core";
 * import { factsOf } from "@sessionhook/core/facts";
 *
 * const result = parseEvent('{"type":"identity.unheard.of","id":"evt_1"}');
 * if (result.status !== "quarantined") factsOf(result.event); // => { eventId: "evt_1", eventType: "identity.unheard.of" }
 * ```
 */
export function factsOf(event: ReceivedEvent | UnrecognizedEvent): Facts {
  return readFacts(event, readableFacts);
}
