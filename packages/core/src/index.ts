export {
  ConfigurationError,
  type ConfigurationErrorCode,
  InvalidPayloadError,
  type Issue,
  SessionhookError,
  SignatureError,
  type SignatureErrorCode,
  StoreError,
  type StoreErrorCode,
  splitIssues,
  type SplitIssues,
} from "./errors.js";
export type {
  AppendOutcome,
  Classification,
  EventFilter,
  EventPage,
  EventStatus,
  EventLog,
  EventSummary,
  ListQuery,
  NewEvent,
  ScanPage,
  ScanQuery,
  StoredEvent,
  StoreStats,
} from "./ports/event-log.js";
export type { ReceivedEvent, UnrecognizedEvent, UnrecognizedType } from "./schema/event-types.js";
export type { OpenEnum } from "./schema/open-enum.js";
export { eventTypes } from "./schema/generated/known-types.js";
export type * from "./schema/generated/types.js";
export {
  type ClassifiedEvent,
  classifyEvent,
  maxIssues,
  parseEvent,
  type ParseResult,
  unknownFields,
} from "./schema/parse-event.js";
export { type Now, type RawBody, textOrBytes } from "./signature/arguments.js";
export { constantTimeEqual } from "./signature/constant-time.js";
export { type HeadersLike, maxIdLength } from "./signature/message-headers.js";
export { maxSignatures } from "./signature/match-signature.js";
export {
  maxSecretBytes,
  minSecretBytes,
  type SecretEncoding,
  type SecretOptions,
} from "./signature/secret.js";
export {
  generateKeyPair,
  generateSecret,
  type RandomFill,
  sign,
  type SignatureHeaders,
  type SignOptions,
} from "./signature/sign.js";
export { signedHeaders } from "./signature/signed-headers.js";
export { maxSecrets, SigningSecrets } from "./signature/signing-secrets.js";
export {
  defaultToleranceSeconds,
  verifySignature,
  type VerifiedMessage,
  type VerifyOptions,
} from "./signature/verify-signature.js";
export { completeEnvelope, unwrap } from "./unwrap.js";
