export { completeEnvelope } from "./complete-envelope.js";
export { companySchema } from "./company.js";
export { emailValidationSchema } from "./email-validation.js";
export {
  eventSchemas,
  type EventType,
  eventTypes,
  type KnownEvent,
  type ReceivedEvent,
  type UnrecognizedEvent,
  type UnrecognizedType,
} from "./events.js";
export type { OpenEnum } from "./fields.js";
export { type IdentityEnrichedEvent, identityEnrichedSchema } from "./identity-enriched.js";
export { type IdentityQualifiedEvent, identityQualifiedSchema } from "./identity-qualified.js";
export { type IdentityResolvedEvent, identityResolvedSchema } from "./identity-resolved.js";
export {
  type IdentitySessionFinalizedEvent,
  identitySessionFinalizedSchema,
} from "./identity-session-finalized.js";
export { type IdentityValidatedEvent, identityValidatedSchema } from "./identity-validated.js";
export type { Issue } from "./issue.js";
export { toJsonSchema } from "./json-schema.js";
export { maxIssues, parseEvent, type ParseResult } from "./parse-event.js";
export { personSchema } from "./person.js";
