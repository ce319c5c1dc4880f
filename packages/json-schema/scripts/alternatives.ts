import { type Node, nameOf } from "./node.ts";

/** A published schema of draft 2020-12. */
export type Document = Node & { $defs?: Record<string, Node> };

/** The ways of fitting a schema, each of one type at most: `anyOf`, `oneOf` and lists of types spread out. */
export function alternatives(node: Node): Node[] {
  const { anyOf, oneOf, allOf, ...rest } = node;
  const branches = anyOf ?? oneOf;
  if (branches !== undefined) return branches.flatMap((branch) => alternatives(branch));
  if (allOf?.[0] !== undefined && allOf.length === 1) return alternatives(allOf[0]);
  if (allOf !== undefined) return [node];
  if (Array.isArray(rest.type)) return rest.type.map((type) => ({ ...rest, type }));
  return [rest];
}

/** What an alternative is, for the reader: a definition, a constant or a type. */
export function kindOf(node: Node): string {
  if (node.$ref !== undefined) return nameOf(node.$ref);
  return String(node.type ?? "any value");
}
