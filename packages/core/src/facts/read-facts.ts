import type { ReceivedEvent, UnrecognizedEvent } from "../schema/event-types.js";
import { bounded } from "./bounded.js";
import type { ReadableFact } from "./definition.js";
import { readableFacts } from "./definitions.js";
import type { Facts } from "./generated/facts.js";
import { sourceOf } from "./source.js";

/** Derives the facts of these definitions from an event, by name. An absent fact has no key. */
export function readFacts(
  event: ReceivedEvent | UnrecognizedEvent,
  definitions: readonly ReadableFact[],
): Record<string, unknown> {
  const source = sourceOf(event);
  const facts: Record<string, unknown> = {};
  for (const { name, type, read } of definitions) {
    const value = bounded(read(source), type);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}

/** Returns a function that derives only the facts of these names, which takes less time than all. */
export function factsReader<Name extends keyof Facts>(
  names: readonly Name[],
): (event: ReceivedEvent | UnrecognizedEvent) => Pick<Facts, Name> {
  const chosen = new Set<string>(names);
  const definitions = readableFacts.filter(({ name }) => chosen.has(name));
  return (event) => readFacts(event, definitions) as Pick<Facts, Name>;
}
