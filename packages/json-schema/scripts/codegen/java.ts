import { type Node, nameOf } from "../node.ts";

/**
 * Returns the definitions as one schema per file, for generators of languages in which every reference can be null, and
 * which do not understand `anyOf`, such as jsonschema2pojo. From one file per definition it makes one class per definition.
 */
export function javaSchemas(definitions: Record<string, Node>): Map<string, Node> {
  const files = Object.entries(definitions).map(
    ([name, node]) =>
      [`${name}.json`, { $schema: "http://json-schema.org/draft-07/schema#", ...withoutNull(node) }] as const,
  );
  return new Map(files);
}

function withoutNull({ anyOf, ...node }: Node): Node {
  const reference = node.$ref ?? anyOf?.find(({ $ref }) => $ref !== undefined)?.$ref;
  if (reference !== undefined) return { $ref: `${nameOf(reference)}.json` };
  if (node.items !== undefined) node.items = withoutNull(node.items);
  if (node.properties !== undefined)
    node.properties = Object.fromEntries(
      Object.entries(node.properties).map(([name, one]) => [name, withoutNull(one)]),
    );
  // Of an object without properties jsonschema2pojo would make an empty class.
  else if ([node.type].flat().includes("object")) node["existingJavaType"] = "java.util.Map<String, Object>";
  return node;
}
