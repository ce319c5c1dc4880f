import { emitDefinitions } from "./emit-definitions.ts";
import { emitValidators } from "./emit-validators.ts";

/**
 * Returns the TypeScript that core needs of its schemas at run time: the compiled checks and the definitions. It is one
 * file, because every file that an import loads costs the start of a process.
 * @param defs the `$defs` of a schema
 * @param events the definition of each event type
 */
export function emitKnownTypes(
  defs: Readonly<Record<string, object>>,
  events: Readonly<Record<string, string>>,
): string {
  const checks = Object.entries(events).map(([type, name]) => `  [${JSON.stringify(type)}, is${name}],\n`);
  return `import type { RootSchema } from "../schema-node.js";
import type { EventType } from "./types.js";

${emitValidators(defs)}
/** The types this version knows, the final record of a session first. */
export const eventTypes: readonly EventType[] = ${JSON.stringify(Object.keys(events), null, 2)};

/**
 * The check of a parsed body for each event type; see docs/decisions/0002-compiled-validator.md. A Map, so that an event
 * type named like a property of every object finds nothing.
 */
export const checks: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
${checks.join("")}]);

${emitDefinitions(defs, events)}`;
}
