import { type Definitions, type Node, target } from "./node.ts";

const most = 2;

/** Adds up to two different values of the full sample payload to each field as examples, never null. */
export function addExamples(definitions: Definitions, name: string, value: unknown): void {
  const node = definitions.get(name);
  if (node === undefined) throw new Error(`There is no definition ${name}`);
  visit(node, value, definitions);
}

function visit(node: Node, value: unknown, definitions: Definitions): void {
  if (value === null || value === undefined) return;
  const definition = target(node);
  if (definition !== undefined) return addExamples(definitions, definition, value);
  if (Array.isArray(value)) {
    for (const item of value) if (node.items !== undefined) visit(node.items, item, definitions);
    if (node.items !== undefined && target(node.items) === undefined) show(node, value);
    return;
  }
  if (typeof value === "object" && node.properties !== undefined) {
    for (const [name, property] of Object.entries(node.properties))
      visit(property, (value as Record<string, unknown>)[name], definitions);
    return;
  }
  show(node, value);
}

function show(node: Node, value: unknown): void {
  // The examples of a list contain its items, and a constant is its own example.
  if (node.const !== undefined || node.description === undefined) return;
  const examples = node.examples ?? [];
  const seen = new Set(examples.map((example) => JSON.stringify(example)));
  if (examples.length < most && !seen.has(JSON.stringify(value))) node.examples = [...examples, value];
}
