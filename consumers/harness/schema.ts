import type { Json, JsonObject } from "./json.ts";

/** The keywords of a published schema that the harness uses. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly SchemaNode[];
  readonly $ref?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** Returns the schema that a reference (nullable or not) points to, or the node itself. */
export function resolved(node: SchemaNode | undefined, root: SchemaNode): SchemaNode {
  const reference = node?.$ref ?? node?.anyOf?.[0]?.$ref;
  if (reference === undefined) return node ?? {};
  const found = root.$defs?.[reference.replace("#/$defs/", "")];
  if (found === undefined) throw new Error(`The schema does not contain ${reference}`);
  return found;
}

export function allowsNull(node: SchemaNode | undefined): boolean {
  return [node, ...(node?.anyOf ?? [])].some((one) => one?.type === "null" || one?.type?.includes("null"));
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
