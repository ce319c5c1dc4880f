import { identityEnrichedSchema } from "./identity-enriched.js";
import { identityQualifiedSchema } from "./identity-qualified.js";
import { identityResolvedSchema } from "./identity-resolved.js";
import { identitySessionFinalizedSchema } from "./identity-session-finalized.js";
import { identityValidatedSchema } from "./identity-validated.js";

/** The schema of every event type this version knows. */
export const eventSchemas = {
  "identity.session.finalized": identitySessionFinalizedSchema,
  "identity.resolved": identityResolvedSchema,
  "identity.qualified": identityQualifiedSchema,
  "identity.enriched": identityEnrichedSchema,
  "identity.validated": identityValidatedSchema,
} as const;
