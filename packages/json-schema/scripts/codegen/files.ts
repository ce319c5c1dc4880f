import { eventTypes } from "@sessionhook/core";
import { asyncApi } from "../asyncapi.ts";
import { eventName } from "../definitions.ts";
import type { Node } from "../node.ts";
import { codegenDefinitions } from "./definitions.ts";
import { javaFiles, withoutNull } from "./without-null.ts";
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
  return new Map<string, unknown>([
    ["codegen/events.schema.json", union],
    ["codegen/openapi.json", codegenOpenApi(definitions)],
    ["codegen/asyncapi.json", asyncApi(components(definitions))],
    ["codegen/asyncapi-without-null.json", asyncApi(components(withoutNull(definitions)))],
    ...javaFiles(withoutNull(definitions)),
  ]);
}

/** Returns the definitions with references to the components of a document. */
function components(definitions: Record<string, Node>): Record<string, Node> {
  const text = JSON.stringify(definitions).replaceAll("#/definitions/", "#/components/schemas/");
  return JSON.parse(text) as Record<string, Node>;
}
