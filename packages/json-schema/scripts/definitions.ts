import { eventSchemas, type EventType, eventTypes, toJsonSchema } from "@sessionhook/core";
import { payloads } from "@sessionhook/fixtures";
import { addExamples } from "./add-examples.ts";
import { referenceName, type Schema } from "./schema.ts";

export type Draft = "draft-2020-12" | "draft-07";
export type Definitions = Readonly<Record<string, Schema>>;

/** Where a draft keeps its definitions. */
export const definitionsKeyword = { "draft-2020-12": "$defs", "draft-07": "definitions" } as const;

/** The name of an event's definition, such as IdentityResolvedEvent. */
export function definitionName(type: EventType): string {
  return String(eventSchemas[type].meta()?.["title"]);
}

/** Every definition of every event type, each once, with examples from the full payloads. */
export function allDefinitions(draft: Draft): Definitions {
  const keyword = definitionsKeyword[draft];
  const all: Record<string, Schema> = {};
  for (const type of eventTypes) {
    const definitions = toJsonSchema(eventSchemas[type], { target: draft })[keyword] as Definitions;
    for (const [name, definition] of Object.entries(definitions)) {
      const before = all[name];
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(definition)) {
        throw new Error(`two different definitions are named ${name}`);
      }
      all[name] = definition;
    }
  }
  for (const type of eventTypes) addExamples(all, definitionName(type), payloads.full(type));
  return all;
}

/** The definitions that a schema refers to, directly or through others, in the order they are met. */
export function referenced(schema: Schema, all: Definitions): Definitions {
  const found: Record<string, Schema> = {};
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const name = referenceName(node as Schema);
    const definition = name === undefined ? undefined : all[name];
    if (name !== undefined && definition !== undefined && !(name in found)) {
      found[name] = definition;
      visit(definition);
    }
    for (const [keyword, inner] of Object.entries(node)) if (keyword !== "examples") visit(inner);
  };
  visit(schema);
  return found;
}
