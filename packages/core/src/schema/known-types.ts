import type { EventType } from "./events.js";
import { definitionOf, definitions } from "./generated/definitions.js";
import * as validators from "./generated/validators.js";
import type { JsonSchema } from "./json-schema.js";

/*
 * What is asked of every event stands in generated code, so that receiving needs neither zod nor its schemas: loading and
 * building them costs a cold start more than everything else together.
 */

/** Whether a parsed body fits; compiled ahead of time, see docs/decisions/0002-compiled-validator.md. */
const fits = {
  "identity.session.finalized": validators.identitySessionFinalized,
  "identity.resolved": validators.identityResolved,
  "identity.qualified": validators.identityQualified,
  "identity.enriched": validators.identityEnriched,
  "identity.validated": validators.identityValidated,
} as const satisfies Readonly<Record<EventType, (value: unknown) => boolean>>;

/** The types this version knows, the final record of a session first. */
export const eventTypes = Object.keys(fits) as readonly EventType[];

/** By its type. A Map: an event type named like a property of every object must find nothing. */
export const checks: ReadonlyMap<string, (value: unknown) => boolean> = new Map(Object.entries(fits));

let parsed: JsonSchema | undefined;

/** The JSON Schema by which the misfits of an event are found, without descriptions. */
export function schemaOf(type: string): JsonSchema {
  parsed ??= JSON.parse(definitions) as JsonSchema;
  return { $defs: parsed, $ref: `#/$defs/${definitionOf[type]}` };
}
