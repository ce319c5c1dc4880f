import type { EventLog, PrivacyStore } from "@sessionhook/core";
import { memoryOf } from "./memory.js";
import { MemoryPrivacyStore } from "./memory/privacy/store.js";

/**
 * Creates the access to the personal data of a store in memory.
 * @throws ConfigurationError `invalid_option` for an event log that is not in memory
 */
export function createMemoryPrivacyStore(eventLog: EventLog | undefined): PrivacyStore {
  memoryOf(eventLog);
  return new MemoryPrivacyStore(() => memoryOf(eventLog));
}
