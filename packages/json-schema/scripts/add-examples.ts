import { referenceName, type Schema } from "./schema.ts";

type Mutable = { -readonly [Key in keyof Schema]: Schema[Key] };

/**
 * Gives every scalar property the first value that a payload has in its place as its example. Properties
 * with a constant or with examples of their own keep these.
 */
export function addExamples(
  definitions: Readonly<Record<string, Schema>>,
  root: string,
  payload: unknown,
): void {
  const visit = (schema: Schema | undefined, value: unknown): void => {
    if (schema === undefined || value === null || value === undefined) return;
    const name = referenceName(schema);
    if (name !== undefined) visit(definitions[name], value);
    for (const branch of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) visit(branch, value);
    if (Array.isArray(value)) for (const item of value) visit(schema.items, item);
    else if (typeof value === "object") {
      for (const [key, property] of Object.entries(schema.properties ?? {})) {
        const inner = (value as Record<string, unknown>)[key];
        if (isScalar(property) && inner !== null && inner !== undefined) {
          (property as Mutable).examples ??= [inner];
        }
        visit(property, inner);
      }
    }
  };
  visit(definitions[root], payload);
}

/** Free-form objects and lists of texts count as one value: they have no properties to hang examples on. */
function isScalar(schema: Schema): boolean {
  if (schema.const !== undefined || schema.type === undefined) return false;
  return schema.properties === undefined && (schema.items === undefined || schema.items.$ref === undefined);
}
