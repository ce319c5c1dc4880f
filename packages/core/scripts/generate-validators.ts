import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { emitValidators } from "./emit-validators.ts";

export const target = fileURLToPath(new URL("../src/schema/generated/validators.ts", import.meta.url));

const header = `// Generated from the zod schemas: pnpm --filter @sessionhook/core generate
// Its agreement with zod, and with ajv on the published JSON Schema, is held by a property test.

`;

interface Modules {
  readonly eventSchemas: Readonly<Record<string, z.ZodType>>;
  readonly toJsonSchema: (schema: z.ZodType) => { readonly [keyword: string]: unknown };
}

/** The source of the generated file: one exported function an event type. */
export function generateValidators({ eventSchemas, toJsonSchema }: Modules): string {
  const whole = toJsonSchema(z.object({ ...eventSchemas }));
  const exported = Object.entries(eventSchemas).map(([type, schema]) => {
    const name = type.replaceAll(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [name, schema.meta()?.id as string] as const;
  });
  return header + emitValidators(whole["$defs"] as Record<string, object>, Object.fromEntries(exported));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // The sources, not dist: core does not build before these files are there.
  await import("./resolve-sources.ts");
  const { eventSchemas } = await import("../src/schema/events.ts");
  const { toJsonSchema } = await import("../src/schema/json-schema.ts");
  const code = generateValidators({ eventSchemas, toJsonSchema });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}
