import type * as z from "zod";
import { type IdentityEnrichedEvent, identityEnrichedSchema } from "./identity-enriched.js";
import { type IdentityQualifiedEvent, identityQualifiedSchema } from "./identity-qualified.js";
import { type IdentityResolvedEvent, identityResolvedSchema } from "./identity-resolved.js";
import {
  type IdentitySessionFinalizedEvent,
  identitySessionFinalizedSchema,
} from "./identity-session-finalized.js";
import { type IdentityValidatedEvent, identityValidatedSchema } from "./identity-validated.js";

/** The schema of every event type this version knows. */
export const eventSchemas = {
  "identity.session.finalized": identitySessionFinalizedSchema,
  "identity.resolved": identityResolvedSchema,
  "identity.qualified": identityQualifiedSchema,
  "identity.enriched": identityEnrichedSchema,
  "identity.validated": identityValidatedSchema,
} as const;

export type EventType = keyof typeof eventSchemas;

/** An event that fits the schema of its type, as it came: in an older envelope `id` and `created` are missing. */
export type ReceivedEvent = z.infer<(typeof eventSchemas)[EventType]>;

/** An event that fits the schema of its type, with `id` and `created`: narrow it with `switch (event.type)`. */
export type KnownEvent =
  | IdentitySessionFinalizedEvent
  | IdentityResolvedEvent
  | IdentityQualifiedEvent
  | IdentityEnrichedEvent
  | IdentityValidatedEvent;

/**
 * The type of an event this version does not know: any text at run time. It is declared as an enum
 * because a plain or branded string would keep `switch (event.type)` from narrowing the known events.
 */
export declare enum UnrecognizedType {
  opaque = "\u0000",
}

/** A genuine event of a type this version does not know, as it came. */
export interface UnrecognizedEvent {
  readonly type: UnrecognizedType;
  readonly [field: string]: unknown;
}
