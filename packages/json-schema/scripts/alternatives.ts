import { type Node, nameOf } from "./node.ts";

/** A published schema of draft 2020-12. */
export type Document = Node & { $defs?: Record<string, Node> };

/** Splits a schema with `anyOf`, `oneOf` or a list of types into alternatives of at most one type each. */
export function alternatives(node: Node): Node[] {
  const { anyOf, oneOf, allOf, ...rest } = node;
  const branches = anyOf ?? oneOf;
  if (branches !== undefined) return branches.flatMap((branch) => alternatives(branch));
  if (allOf?.[0] !== undefined && allOf.length === 1) return alternatives(allOf[0]);
  if (allOf !== undefined) return [node];
  if (Array.isArray(rest.type)) return rest.type.map((type) => ({ ...rest, type }));
  return [rest];
}

/** Returns the name of an alternative for messages: its definition or its type. */
export function kindOf(node: Node): string {
  if (node.$ref !== undefined) return nameOf(node.$ref);
  return String(node.type ?? "any value");
}
