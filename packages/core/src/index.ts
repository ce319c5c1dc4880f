export {
  ConfigurationError,
  type ConfigurationErrorCode,
  InvalidPayloadError,
  SessionhookError,
  SignatureError,
  type SignatureErrorCode,
  StoreError,
  type StoreErrorCode,
} from "./errors.js";
export type {
  AppendOutcome,
  Classification,
  EventFilter,
  EventPage,
  EventStatus,
  EventStore,
  EventSummary,
  ListQuery,
  NewEvent,
  ScanPage,
  ScanQuery,
  StoredEvent,
  StoreStats,
} from "./ports/event-store.js";
export {
  type ClassifiedEvent,
  classifyEvent,
  completeEnvelope,
  type EventType,
  eventTypes,
  type IdentityEnrichedEvent,
  type IdentityQualifiedEvent,
  type IdentityResolvedEvent,
  type IdentitySessionFinalizedEvent,
  type IdentityValidatedEvent,
  type Issue,
  type KnownEvent,
  maxIssues,
  type OpenEnum,
  parseEvent,
  type ParseResult,
  type ReceivedEvent,
  tellIssues,
  type ToldIssues,
  type UnrecognizedEvent,
  type UnrecognizedType,
} from "./schema/index.js";
export type { RawBody } from "./signature/body.js";
export type { Now } from "./signature/clock.js";
export { constantTimeEqual } from "./signature/constant-time.js";
export { type HeadersLike, maxIdLength } from "./signature/delivery-headers.js";
export { generateKeyPair, generateSecret, type RandomFill } from "./signature/generate.js";
export { maxSignatures } from "./signature/match-signature.js";
export {
  maxSecretBytes,
  minSecretBytes,
  type SecretEncoding,
  type SecretOptions,
} from "./signature/secret.js";
export { sign, type SignatureHeaders, type SignOptions } from "./signature/sign.js";
export { maxSecrets, SigningSecrets } from "./signature/signing-secrets.js";
export {
  defaultToleranceSeconds,
  verifySignature,
  type VerifiedMessage,
  type VerifyOptions,
} from "./signature/verify-signature.js";
export { unwrap } from "./unwrap.js";
