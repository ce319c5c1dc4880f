import * as z from "zod";

export type JsonSchema = { [keyword: string]: unknown };

export interface JsonSchemaOptions {
  /** Default: the current draft. */
  readonly target?: "draft-2020-12" | "draft-07" | undefined;
}

/**
 * The JSON Schema of what a sender may send (zod's own `z.toJSONSchema`, input side), without the marks
 * of the generator: nullable fields are `type: ["string", "null"]`, whole numbers `integer`, and nothing
 * says `additionalProperties`, since unknown fields are kept.
 */
export function toJsonSchema(
  schema: z.ZodType,
  { target = "draft-2020-12" }: JsonSchemaOptions = {},
): JsonSchema {
  const document = tidy(z.toJSONSchema(schema, { io: "input", target })) as JsonSchema;
  describeReferences(document, (document["$defs"] ?? document["definitions"] ?? {}) as Definitions);
  return document;
}

type Definitions = Readonly<Record<string, JsonSchema>>;

/** zod leaves out a property's description where it is that of the definition behind it. Readers want it there. */
function describeReferences(node: unknown, definitions: Definitions): void {
  if (typeof node !== "object" || node === null) return;
  for (const inner of Object.values(node)) describeReferences(inner, definitions);
  for (const property of Object.values((node as JsonSchema)["properties"] ?? {}) as JsonSchema[]) {
    const [reference] = (property["anyOf"] ?? property["allOf"] ?? [property]) as JsonSchema[];
    const name = String(reference?.["$ref"]).replace(/^.*\//, "");
    const description = definitions[name]?.["description"];
    if (description !== undefined) property["description"] ??= description;
  }
}

function tidy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidy);
  if (typeof node !== "object" || node === null) return node;
  const tidied = Object.fromEntries(Object.entries(node).map(([keyword, value]) => [keyword, tidy(value)]));
  if (isEmpty(tidied["additionalProperties"])) delete tidied["additionalProperties"];
  if (isEmpty(tidied["properties"])) delete tidied["properties"];
  return withoutNullBranch(tidied);
}

/** `anyOf: [{ type: T, … }, { type: "null" }]` says the same as `type: [T, "null"]`, and is harder to read. */
function withoutNullBranch(node: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = node;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return node;
  const [first, second] = anyOf as [JsonSchema, JsonSchema];
  if (second["type"] !== "null" || typeof first["type"] !== "string" || "$ref" in first) return node;
  return { ...first, ...rest, type: [first["type"], "null"] };
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
