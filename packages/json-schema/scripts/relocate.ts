import type { Definitions } from "./definitions.ts";

/** The same definitions for a document that keeps them under `components.schemas`. */
export function relocate(definitions: Definitions): Definitions {
  return JSON.parse(
    JSON.stringify(definitions, (keyword, value: unknown) =>
      keyword === "$ref" && typeof value === "string"
        ? value.replace(/^#\/(?:\$defs|definitions)\//, "#/components/schemas/")
        : value,
    ),
  ) as Definitions;
}
