import { definitionsOf } from "../definitions.ts";
import { type Node, nameOf } from "../node.ts";

/** Keywords that no generator needs, or that make generated types reject or change valid events. */
const dropped = new Set(["if", "else", "examples"]);

/** Returns the definitions of draft-07 in a form from which code generators generate good types; see docs/guides/generators.md. */
export function codegenDefinitions(): Record<string, Node> {
  const definitions = [...definitionsOf("draft-07")].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(definitions.map(([name, node]) => [name, simplified(node, name, "")]));
}

/**
 * @param owner name of the definition that contains the node
 * @param field name of the property that the node describes
 */
function simplified(node: Node, owner: string, field: string): Node {
  // Next to a reference, generators either ignore a description or generate a separate type for it.
  const reference = node.$ref ?? node.allOf?.[0]?.$ref;
  if (reference !== undefined) return { $ref: reference };
  const plain: Node = {};
  // Generators name the type of a constant by its title; quicktype would call it PurpleType.
  if ("const" in node) plain.title = `${owner}${pascal(field)}`;
  for (const [keyword, value] of Object.entries(node)) {
    if (dropped.has(keyword)) continue;
    if (keyword === "anyOf") plain.anyOf = (value as Node[]).map((one) => simplified(one, owner, field));
    else if (keyword === "items") plain.items = simplified(value as Node, owner, field);
    else if (keyword === "properties")
      plain.properties = Object.fromEntries(
        Object.entries(value as Record<string, Node>).map(([name, one]) => [
          name,
          simplified(one, owner, name),
        ]),
      );
    // 1739571908123.0 is an integer in JSON Schema, but not in most languages.
    else plain[keyword] = value === "integer" ? "number" : value;
  }
  // Generators that support unknown fields preserve them; typify does so for {}, but not for true.
  if ([node.type].flat().includes("object")) plain["additionalProperties"] = {};
  return plain;
}

/** Returns a field name as part of a type name: `_type` becomes Type. */
const pascal = (field: string) => nameOf(field).replace(/^_*(.)/, (_, first: string) => first.toUpperCase());
