import { type Node, nameOf } from "../node.ts";

/**
 * Returns the definitions without null beside references: for generators of languages in which every reference can be null,
 * and which make `Object` or a type without a name of `anyOf`.
 */
export function withoutNull(definitions: Record<string, Node>): Record<string, Node> {
  return mapped(definitions, without);
}

function without({ anyOf, ...node }: Node): Node {
  const reference = anyOf?.find(({ $ref }) => $ref !== undefined);
  if (reference !== undefined) return { ...reference };
  const inner = { ...node };
  if (node.items !== undefined) inner.items = without(node.items);
  if (node.properties !== undefined) inner.properties = mapped(node.properties, without);
  return inner;
}

/** Returns one file per definition for jsonschema2pojo, which then makes one class per definition. */
export function javaFiles(definitions: Record<string, Node>): [string, Node][] {
  return Object.entries(definitions).map(([name, node]) => [
    `codegen/java/${name}.json`,
    { $schema: "http://json-schema.org/draft-07/schema#", ...forJava(node) },
  ]);
}

function forJava(node: Node): Node {
  if (node.$ref !== undefined) return { $ref: `${nameOf(node.$ref)}.json` };
  const inner = { ...node };
  if (node.items !== undefined) inner.items = forJava(node.items);
  if (node.properties !== undefined) inner.properties = mapped(node.properties, forJava);
  // Of an object without properties, jsonschema2pojo would make an empty class.
  else if ([node.type].flat().includes("object")) inner["existingJavaType"] = "java.util.Map<String, Object>";
  return inner;
}

function mapped(nodes: Record<string, Node>, change: (node: Node) => Node): Record<string, Node> {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, change(node)]));
}
