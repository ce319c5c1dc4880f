import { eventTypes } from "@sessionhook/core";
import { payloads, signatureVectorTexts } from "@sessionhook/fixtures";
import { base, type Draft, drafts, schemaFile, schemaId } from "./drafts.ts";
import { asyncApi } from "./asyncapi.ts";
import { codegenFiles } from "./codegen/files.ts";
import { eventSchema, unionSchema } from "./event-schema.ts";
import { openApi } from "./openapi.ts";
import { withUnknownFields } from "./unknown-fields.ts";

/** Returns every file of the package that is generated from core: its path relative to the package, and its text. */
export function generatedFiles(): Map<string, string> {
  const files = new Map<string, unknown>();
  const vectorTexts = Object.entries(signatureVectorTexts()).map(([name, text]): [string, string] => [
    `vectors/${name}`,
    text,
  ]);
  for (const type of eventTypes) {
    for (const draft of Object.keys(drafts) as Draft[])
      files.set(schemaFile(draft, type), eventSchema(draft, type));
    files.set(`examples/${type}.full.json`, payloads.full(type));
    files.set(`examples/${type}.minimal.json`, payloads.minimal(type));
    files.set(`examples/${type}.older-envelope.json`, payloads.olderEnvelope(type));
    files.set(`examples/${type}.unknown-fields.json`, withUnknownFields(type));
  }
  for (const draft of Object.keys(drafts) as Draft[])
    files.set(schemaFile(draft, "events"), unionSchema(draft));
  for (const [path, value] of codegenFiles()) files.set(path, value);
  files.set("index.json", index([...files.keys(), ...vectorTexts.map(([path]) => path)]));
  files.set("openapi.json", openApi());
  files.set("asyncapi.json", asyncApi());
  const texts = [...files].map(([path, value]): [string, string] => [
    path,
    `${JSON.stringify(value, null, 2)}\n`,
  ]);
  return new Map([...texts, ...vectorTexts]);
}

/** Builds the index of schemas and examples by event type, for tools that look up a schema. */
function index(files: readonly string[]) {
  const schemasOf = (type: string) =>
    Object.fromEntries(
      (Object.keys(drafts) as Draft[]).map((draft) => [
        draft,
        { $id: schemaId(draft, type), file: schemaFile(draft, type) },
      ]),
    );
  const events = eventTypes.map((type) => {
    const examples = files.filter((file) => file.startsWith(`examples/${type}.`));
    return [type, { schemas: schemasOf(type), examples }];
  });
  return {
    base,
    // Generated from packages/app, which this package does not import.
    config: { $id: `${base}config.schema.json`, file: "config.schema.json" },
    openapi: "openapi.json",
    asyncapi: "asyncapi.json",
    codegen: {
      union: "codegen/events.schema.json",
      openapi: "codegen/openapi.json",
      asyncapi: "codegen/asyncapi.json",
      java: "codegen/java",
    },
    union: { schemas: schemasOf("events") },
    events: Object.fromEntries(events),
    vectors: files.filter((file) => file.startsWith("vectors/") && !/README|schema/.test(file)),
  };
}
