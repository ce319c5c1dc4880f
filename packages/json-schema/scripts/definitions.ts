import { eventTypes } from "@sessionhook/core";
import { eventSchemas, toJsonSchema } from "@sessionhook/core/schemas";
import { payloads } from "@sessionhook/fixtures";
import { type Draft, drafts } from "./drafts.ts";
import { addExamples } from "./field-examples.ts";
import { type Definitions, type Node, nodesOf, ordered, target } from "./node.ts";

/**
 * Returns every definition of every event once, with descriptions and examples on its properties. Those of draft-07 have no
 * `format`: networknt, the Rust crate jsonschema and others assert it in that draft, and would reject unusual addresses.
 */
export function definitionsOf(draft: Draft): Definitions {
  const { target: zodTarget, keyword } = drafts[draft];
  const definitions: Definitions = new Map();
  for (const type of eventTypes) {
    const schema = toJsonSchema(eventSchemas[type], { target: zodTarget });
    for (const [name, node] of Object.entries(schema[keyword] as Record<string, Node>)) {
      const known = definitions.get(name);
      if (known === undefined) definitions.set(name, node);
      else if (JSON.stringify(known) !== JSON.stringify(node))
        throw new Error(`Two different definitions have the name ${name}`);
    }
  }
  for (const node of definitions.values()) describeReferences(node, definitions, draft);
  for (const type of eventTypes) addExamples(definitions, eventName(type), payloads.full(type));
  if (draft === "draft-07") removeFormats(definitions);
  return new Map([...definitions].map(([name, node]) => [name, ordered(node)]));
}

function removeFormats(definitions: Definitions): void {
  for (const definition of definitions.values()) for (const node of nodesOf(definition)) delete node.format;
}

/** Returns the name of an event's definition, such as IdentityResolvedEvent. */
export function eventName(type: (typeof eventTypes)[number]): string {
  const id = eventSchemas[type].meta()?.id;
  if (id === undefined) throw new Error(`The schema of ${type} has no id`);
  return id;
}

/** Adds the definition's description to the properties that reference it: zod omits it there, but readers need it. */
function describeReferences(node: Node, definitions: Definitions, draft: Draft): void {
  for (const { properties } of nodesOf(node)) {
    for (const property of Object.values(properties ?? {})) {
      if (property.description !== undefined) continue;
      const description = definitions.get(target(property) ?? "")?.description;
      if (description === undefined) continue;
      property.description = description;
      // Draft-07 ignores all keywords next to a reference.
      if (draft === "draft-07" && property.$ref !== undefined) {
        property.allOf = [{ $ref: property.$ref }];
        delete property.$ref;
      }
    }
  }
}
