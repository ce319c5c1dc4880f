/** A schema or subschema of a JSON Schema. */
export interface Node {
  title?: string;
  description?: string;
  examples?: unknown[];
  $ref?: string;
  const?: unknown;
  format?: string;
  type?: string | string[];
  anyOf?: Node[];
  allOf?: Node[];
  oneOf?: Node[];
  if?: Node;
  else?: Node;
  items?: Node;
  properties?: Record<string, Node>;
  required?: string[];
  [keyword: string]: unknown;
}

export type Definitions = Map<string, Node>;

/** Yields the node and all its subschemas. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const below of [...(node.anyOf ?? []), ...(node.allOf ?? []), ...(node.oneOf ?? [])])
    yield* nodesOf(below);
  if (node.items !== undefined) yield* nodesOf(node.items);
  for (const property of Object.values(node.properties ?? {})) yield* nodesOf(property);
}

/** Returns the name of the definition that a reference points to. */
export const nameOf = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);

/** Returns the definition that a property references (alone, with a description, or with null), if any. */
export function target(node: Node): string | undefined {
  const ref = node.$ref ?? node.allOf?.[0]?.$ref ?? node.anyOf?.[0]?.$ref;
  return ref === undefined ? undefined : nameOf(ref);
}

const order = [
  "title",
  "description",
  "type",
  "const",
  "format",
  "$ref",
  "allOf",
  "anyOf",
  "oneOf",
  "items",
  "properties",
  "required",
  "if",
  "else",
  "examples",
];

/** Returns the schema with the keywords of every node in a fixed order for readers. */
export function ordered(node: Node): Node {
  const entries = Object.entries(node).map(([keyword, value]): [string, unknown] => {
    if (keyword === "anyOf" || keyword === "allOf") return [keyword, (value as Node[]).map(ordered)];
    if (keyword === "items") return [keyword, ordered(value as Node)];
    if (keyword !== "properties") return [keyword, value];
    const properties = Object.entries(value as Record<string, Node>);
    return [keyword, Object.fromEntries(properties.map(([name, property]) => [name, ordered(property)]))];
  });
  for (const [keyword] of entries)
    if (!order.includes(keyword)) throw new Error(`Unexpected keyword ${keyword} in a published schema`);
  return Object.fromEntries(entries.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}
