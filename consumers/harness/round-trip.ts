import { readFileSync } from "node:fs";
import type { EventInput } from "./inputs.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Language } from "./language.ts";
import { allowsNull, isObject, resolved, type SchemaNode } from "./schema.ts";

/**
 * Returns the differences between a payload and the same payload after a round trip through generated types: path and
 * kind of difference. Differences within the limits of the generator are not reported; docs/guides documents the limits.
 */
export function lost(
  sent: Json,
  back: Json | undefined,
  event: EventInput,
  limits: Language["limits"],
): string[] {
  const root = JSON.parse(readFileSync(event.schema, "utf8")) as SchemaNode;
  const losses: string[] = [];
  compare(sent, back, "", root);
  return losses;

  function compare(before: Json, after: Json | undefined, path: string, node: SchemaNode | undefined): void {
    const schema = resolved(node, root);
    if (after === undefined) losses.push(`${path}: missing`);
    else if (Array.isArray(before) && Array.isArray(after)) {
      if (before.length !== after.length)
        losses.push(`${path}: ${before.length} items became ${after.length}`);
      for (const [at, item] of before.entries()) compare(item, after[at], `${path}[${at}]`, schema.items);
    } else if (isObject(before) && isObject(after)) compareFields(before, after, path, schema);
    else if (before !== after) losses.push(`${path}: another value`);
  }

  function compareFields(before: JsonObject, after: JsonObject, path: string, schema: SchemaNode): void {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const here = path === "" ? name : `${path}.${name}`;
      const field = schema.properties?.[name];
      const was = before[name];
      if (was === undefined) {
        if (limits.absentBecomesNull !== true || after[name] !== null || !allowsNull(field))
          losses.push(`${here}: added`);
      } else if (name in after) compare(was, after[name], here, field);
      else {
        const unknown = schema.properties !== undefined && field === undefined;
        const optionalNull = was === null && schema.required?.includes(name) !== true;
        const allowed =
          (limits.losesUnknownFields === true && unknown) ||
          (limits.nullBecomesAbsent === true && optionalNull) ||
          (limits.nullMapBecomesAbsent === true && was === null && isMap(field));
        if (!allowed) losses.push(`${here}: missing`);
      }
    }
  }
}

/** Returns true for an object without properties in the schema, which generators read into a map. */
const isMap = (field: SchemaNode | undefined) =>
  field?.type?.includes("object") === true && field.properties === undefined;
