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
export { type Issue, issueList, type IssueList, noIssues } from "./issue-list.js";
export { defaultToleranceSeconds, maxIdLength, maxIssues, maxSecrets, maxSignatures } from "./limits.js";
export type * from "./ports/delivery-control.js";
export type { DestinationOverview } from "./destination-overview.js";
export type * from "./ports/delivery-store.js";
export type { DeliveryItem, Destination, Outcome, Reason, SendContext } from "./ports/destination.js";
export type * from "./ports/fact-store.js";
export type * from "./ports/privacy.js";
export type { Facts } from "./facts/facts.js";
export type {
  AppendOutcome,
  EventFilter,
  EventPage,
  EventLog,
  EventSummary,
  ListQuery,
  NewEvent,
  Reclassification,
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
  parseEvent,
  type ParseResult,
  type QuarantinedResult,
  unknownFields,
} from "./schema/parse-event.js";
export {
  attributionKeys,
  type Classification,
  classifications,
  deliveryStates,
  destinationStates,
  type EventStatus,
  eventStatuses,
  replayKinds,
} from "./fixed-values.js";
export { type Now, type RawBody, textOrBytes } from "./signature/arguments.js";
export { constantTimeEqual } from "./signature/constant-time.js";
export type { HeadersLike } from "./signature/message-headers.js";
export { leftoverOf } from "./signature/leftover.js";
export {
  maxSecretBytes,
  minSecretBytes,
  type SecretEncoding,
  type SecretOptions,
} from "./signature/secret.js";
export {
  createSigner,
  generateKeyPair,
  generateSecret,
  type RandomFill,
  sign,
  type SignatureHeaders,
  type SignedMessageOptions,
  type SignerOptions,
  type SignOptions,
} from "./signature/sign.js";
export { signedHeaders } from "./signature/signed-headers.js";
export { SigningSecrets } from "./signature/signing-secrets.js";
export { verifySignature, type VerifiedMessage, type VerifyOptions } from "./signature/verify-signature.js";
export { completeEnvelope, unwrap } from "./unwrap.js";
