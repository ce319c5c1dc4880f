import type { Json, JsonObject } from "./inputs.ts";

/** The parts of a published schema that say what a value may be. */
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

/** The schema behind a reference, nullable or not. */
export function resolved(node: SchemaNode | undefined, root: SchemaNode): SchemaNode {
  const reference = node?.$ref ?? node?.anyOf?.[0]?.$ref;
  if (reference === undefined) return node ?? {};
  const found = root.$defs?.[reference.replace("#/$defs/", "")];
  if (found === undefined) throw new Error(`the schema has no ${reference}`);
  return found;
}

export function allowsNull(node: SchemaNode | undefined): boolean {
  return [node, ...(node?.anyOf ?? [])].some((one) => one?.type === "null" || one?.type?.includes("null"));
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
