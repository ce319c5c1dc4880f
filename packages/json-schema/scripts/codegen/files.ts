import { eventTypes } from "@sessionhook/core";
import { asyncApi } from "../asyncapi.ts";
import { eventName } from "../definitions.ts";
import { codegenDefinitions } from "./definitions.ts";
import { javaSchemas } from "./java.ts";
import { codegenOpenApi } from "./openapi.ts";

/** Returns the files for code generators: their paths and contents. */
export function codegenFiles(): Map<string, unknown> {
  const definitions = codegenDefinitions();
  const union = {
    $schema: "http://json-schema.org/draft-07/schema#",
    // Not Event, which many languages reserve.
    title: "IdentityEvent",
    description: "An event of any type that this version knows; `type` distinguishes them.",
    oneOf: eventTypes.map((type) => ({ $ref: `#/definitions/${eventName(type)}` })),
    definitions,
  };
  const components = JSON.parse(
    JSON.stringify(definitions).replaceAll("#/definitions/", "#/components/schemas/"),
  ) as typeof definitions;
  return new Map<string, unknown>([
    ["codegen/events.schema.json", union],
    ["codegen/openapi.json", codegenOpenApi(definitions)],
    ["codegen/asyncapi.json", asyncApi(components)],
    ...[...javaSchemas(codegenDefinitions())].map(([file, schema]) => [`codegen/java/${file}`, schema] as const),
  ]);
}
