import type { PersonQuery } from "./fact-store.js";

/** What the store has about one person. */
export interface PersonalData {
  /** Message ids of their events, oldest first; every version counts. At most 1,000 are listed. */
  readonly eventIds: readonly string[];
  readonly events: number;
  readonly sessions: number;
  readonly people: number;
  readonly pageViews: number;
  readonly deliveries: number;
  readonly attempts: number;
}

/** What an erasure has removed. Contains no personal data. */
export interface ErasureReport extends Omit<PersonalData, "eventIds"> {
  readonly at: number;
  /** Tombstones that keep a repeated message a duplicate. */
  readonly tombstones: number;
  /** Open deliveries that were cancelled. */
  readonly cancelled: number;
}

/**
 * The port to the data of one person. `linkedin` is an address of a profile or its identifier. An event belongs to a person if
 * its facts name the address, the profile, the visitor or the session; so do all events of the visitors and sessions that
 * were found with them.
 */
export interface PrivacyStore {
  find(query: PersonQuery): Promise<PersonalData>;
  /** Yields everything as rows of NDJSON: `{ "kind": "event" | "session" | "page" | "person" | "delivery" | "attempt", … }`. */
  export(query: PersonQuery): AsyncIterable<Readonly<Record<string, unknown>>>;
  /**
   * Removes events, derived rows, deliveries, attempts and excerpts, and overwrites their bytes in the files of the store.
   * Leaves a tombstone (id, time, reason) for each event that retention does not delete.
   */
  erase(query: PersonQuery, now: number): Promise<ErasureReport>;
  close(): Promise<void>;
}
