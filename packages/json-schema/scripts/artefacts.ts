import { definitionName } from "./definitions.ts";
import { asyncApi } from "./asyncapi.ts";
import { examples } from "./examples.ts";
import { openApi } from "./openapi.ts";
import { type SchemaFile, schemaFiles } from "./schema-files.ts";

/** Every generated file of the package: path and text. */
export function artefacts(): Map<string, string> {
  const schemas = schemaFiles();
  const files: [string, unknown][] = [
    ...schemas.map(({ file, schema }) => [file, schema] as [string, unknown]),
    ["index.json", index(schemas)],
    ["openapi.json", openApi()],
    ["asyncapi.json", asyncApi()],
    ...examples().map(({ file, payload }) => [file, payload] as [string, unknown]),
  ];
  return new Map(files.map(([file, value]) => [file, `${JSON.stringify(value, null, 2)}\n`]));
}

/** What is in the package, for programs. `type` is null for the union of all event types. */
function index(schemas: readonly SchemaFile[]): object {
  return {
    schemas: schemas.map(({ file, draft, type, schema }) => ({
      type,
      title: type === null ? "Event" : definitionName(type),
      draft,
      file,
      $id: schema["$id"],
    })),
    examples: examples().map(({ file, type, summary }) => ({ type, file, summary })),
    openapi: "openapi.json",
    asyncapi: "asyncapi.json",
  };
}
