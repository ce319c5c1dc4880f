import { eventTypes } from "@sessionhook/core";
import { payloads } from "@sessionhook/fixtures";
import { base, type Draft, drafts, schemaFile, schemaId } from "./drafts.ts";
import { eventSchema } from "./event-schema.ts";
import { openApi } from "./openapi.ts";

/** Every file of the package that is made from core: its path from the package's root, and its text. */
export function generatedFiles(): Map<string, string> {
  const files = new Map<string, unknown>();
  for (const type of eventTypes) {
    for (const draft of Object.keys(drafts) as Draft[])
      files.set(schemaFile(draft, type), eventSchema(draft, type));
    files.set(`examples/${type}.full.json`, payloads.full(type));
    files.set(`examples/${type}.minimal.json`, payloads.minimal(type));
  }
  files.set("examples/identity.session.finalized.unknown-fields.json", payloads.withUnknownFields());
  files.set("index.json", index([...files.keys()]));
  files.set("openapi.json", openApi());
  return new Map([...files].map(([path, value]) => [path, `${JSON.stringify(value, null, 2)}\n`]));
}

/** What there is, by event type, for tools that look a schema up. */
function index(files: readonly string[]) {
  const events = eventTypes.map((type) => {
    const schemas = (Object.keys(drafts) as Draft[]).map((draft) => [
      draft,
      { $id: schemaId(draft, type), file: schemaFile(draft, type) },
    ]);
    const examples = files.filter((file) => file.startsWith(`examples/${type}.`));
    return [type, { schemas: Object.fromEntries(schemas), examples }];
  });
  return { base, openapi: "openapi.json", events: Object.fromEntries(events) };
}
