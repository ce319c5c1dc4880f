import type { Json, JsonObject } from "./json.ts";
import { allowsNull, isObject, resolved, type SchemaNode } from "./schema.ts";

const mark = Symbol("leave out");

/** Changes to the fields of a full example that generated types often handle wrongly. */
const rules: Record<string, (value: Json, node: SchemaNode, required: boolean) => Json | typeof mark> = {
  "optional-absent": (value, _, required) => (required ? value : mark),
  "optional-null": (value, node, required) => (!required && allowsNull(node) ? null : value),
  "required-null": (value, node, required) =>
    required && allowsNull(node) && !isObject(value) ? null : value,
  "empty-lists": (value, node) =>
    Array.isArray(value)
      ? []
      : isObject(value) && node.type !== undefined && node.properties === undefined
        ? {}
        : value,
  "odd-addresses": (value, node) => (node.format !== undefined && value !== null ? "no address" : value),
};

/**
 * Returns variants of the full example by name: every optional field of its data absent or null, every nullable field null,
 * every list empty, every web and e-mail address unusual. The envelope is unchanged, because its optional fields depend on
 * each other.
 */
export function variants(full: JsonObject, root: SchemaNode): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [
      name,
      { ...full, data: apply(full["data"] ?? null, root.properties?.["data"], root, rule) },
    ]),
  );
}

function apply(
  value: Json,
  node: SchemaNode | undefined,
  root: SchemaNode,
  rule: (typeof rules)[string],
): Json {
  const schema = resolved(node, root);
  if (Array.isArray(value)) return value.map((item) => apply(item, schema.items, root, rule));
  if (!isObject(value) || schema.properties === undefined) return value;
  const fields: JsonObject = {};
  for (const [name, given] of Object.entries(value)) {
    const field = schema.properties[name] ?? {};
    const made = rule(given, field, schema.required?.includes(name) === true);
    if (made !== mark) fields[name] = apply(made, field, root, rule);
  }
  return fields;
}
