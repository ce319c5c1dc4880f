import { payloads } from "@sessionhook/fixtures";
import { type EventType, eventTypes } from "@sessionhook/core";
import { definitionsOf, eventName } from "./definitions.ts";
import { type Draft, drafts, schemaId } from "./drafts.ts";
import { type Definitions, type Node, nodesOf, nameOf } from "./node.ts";

const dialects: Record<Draft, string> = {
  "2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
};

/** Returns the published schema of an event type: the event at the root, with the definitions it uses. */
export function eventSchema(draft: Draft, type: EventType): Node {
  const definitions = definitionsOf(draft);
  const name = eventName(type);
  const root = definitions.get(name);
  if (root === undefined) throw new Error(`There is no definition ${name}`);
  const used = reachable(root, definitions);
  return {
    $schema: dialects[draft],
    $id: schemaId(draft, type),
    ...root,
    examples: [payloads.full(type), payloads.minimal(type)],
    [drafts[draft].keyword]: Object.fromEntries(used),
  };
}

/** Returns the schema of an event of any type. Each type has its own constant in `type`, so at most one branch matches. */
export function unionSchema(draft: Draft): Node {
  const { keyword } = drafts[draft];
  const definitions = definitionsOf(draft);
  const root: Node = {
    title: "Event",
    description: "An event of any type that this version knows; `type` distinguishes them.",
    type: "object",
    oneOf: eventTypes.map((type) => ({ $ref: `#/${keyword}/${eventName(type)}` })),
    examples: eventTypes.map((type) => payloads.minimal(type)),
  };
  const used = Object.fromEntries(reachable(root, definitions));
  return { $schema: dialects[draft], $id: schemaId(draft, "events"), ...root, [keyword]: used };
}

/** Returns the definitions that a node uses directly or indirectly, sorted by name. */
function reachable(node: Node, definitions: Definitions): [string, Node][] {
  const used: Definitions = new Map();
  const follow = (from: Node) => {
    for (const { $ref } of nodesOf(from)) {
      const name = $ref === undefined ? undefined : nameOf($ref);
      if (name === undefined || used.has(name)) continue;
      const found = definitions.get(name);
      if (found === undefined) throw new Error(`There is no definition ${name}`);
      used.set(name, found);
      follow(found);
    }
  };
  follow(node);
  return [...used].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
