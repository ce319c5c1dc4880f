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
  EventPage,
  EventStatus,
  EventStore,
  EventSummary,
  ListQuery,
  NewEvent,
  StoredEvent,
  StoreStats,
} from "./ports/event-store.js";
export type { Issue } from "./schema/issue.js";
