import * as z from "zod";

export type JsonSchema = { [keyword: string]: unknown };

export interface JsonSchemaOptions {
  /** Default: the current draft. */
  readonly target?: "draft-2020-12" | "draft-07" | undefined;
}

/**
 * Returns the JSON Schema of valid input (zod's own `z.toJSONSchema`, input side), without the artifacts
 * of the generator: nullable fields are `type: ["string", "null"]`, integers are `integer`, and
 * `additionalProperties` is absent, since unknown fields are preserved.
 *
 * @example
 * ```ts
 * import { personSchema, toJsonSchema } from "@sessionhook/core/schemas";
 *
 * toJsonSchema(personSchema)["$schema"]; // => "https://json-schema.org/draft/2020-12/schema"
 * ```
 */
export function toJsonSchema(
  schema: z.ZodType,
  { target = "draft-2020-12" }: JsonSchemaOptions = {},
): JsonSchema {
  return tidy(z.toJSONSchema(schema, { io: "input", target })) as JsonSchema;
}

function tidy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidy);
  if (typeof node !== "object" || node === null) return node;
  const tidied = Object.fromEntries(Object.entries(node).map(([keyword, value]) => [keyword, tidy(value)]));
  if (isEmpty(tidied["additionalProperties"])) delete tidied["additionalProperties"];
  if (isEmpty(tidied["properties"])) delete tidied["properties"];
  return withoutNullBranch(tidied);
}

/** Rewrites `anyOf: [{ type: T, … }, { type: "null" }]` to the equivalent `type: [T, "null"]`, which is easier to read. */
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
