import type { PersonQuery } from "./fact-store.js";

/** The numbers of rows that the store has about one person. */
export interface PersonalData {
  /** Message ids of their events, oldest first; every version counts. At most 1,000 are listed. */
  readonly eventIds: readonly string[];
  readonly events: number;
  readonly sessions: number;
  readonly people: number;
  /** Keys of these people, at most 20: several people who share a browser are found together. */
  readonly peopleKeys: readonly string[];
  readonly pageViews: number;
  readonly deliveries: number;
  readonly attempts: number;
  /**
   * Names of the destinations that may have received one of the events: it was delivered, an attempt was made, or the delivery
   * is older than the history. What they hold is erased there.
   */
  readonly deliveredTo: readonly string[];
}

/** The numbers of rows that an erasure has removed. Contains no personal data. */
export interface ErasureReport extends Omit<PersonalData, "eventIds" | "peopleKeys"> {
  readonly at: number;
  /** Tombstones that keep a repeated message a duplicate. */
  readonly tombstones: number;
  /** Open deliveries that were cancelled. */
  readonly cancelled: number;
  /** Running replays that ended because their filter names the person. */
  readonly cancelledReplays: number;
  /** People of the removed events who remain, because other events have them: their profile or another address finds these. */
  readonly remainingPeople: number;
}

/** Called while the log is searched. Passes repeat while further visitors and sessions of the person are found. */
export type SearchProgress = (progress: {
  readonly pass: number;
  /** Rows read in this pass, and all rows. */
  readonly read: number;
  readonly total: number;
}) => void;

/**
 * The port to the data of one person. `linkedin` is an address of a profile or its identifier. An event belongs to a person if
 * its facts name the address, the profile, the visitor or the session; so do all events of the visitors and sessions that
 * were found with them. An event that mentions the address or the profile elsewhere in its body, such as in the address of a
 * page, belongs to the person too, but its visitor and session are not followed. Every driver passes the privacy-store suite of
 * `@sessionhook/conformance`. Methods reject with `StoreError` if the operation fails, and with `RangeError` for a query that
 * `personQueryError` refuses.
 */
export interface PrivacyStore {
  find(query: PersonQuery, onProgress?: SearchProgress): Promise<PersonalData>;
  /** Yields everything as rows of NDJSON: `{ "kind": "event" | "session" | "page" | "person" | "delivery" | "attempt", … }`. */
  export(query: PersonQuery): AsyncIterable<Readonly<Record<string, unknown>>>;
  /**
   * Removes events, derived rows, deliveries, attempts and excerpts, and overwrites their bytes in the files of the store.
   * Leaves a tombstone (id, time, reason) for each event that retention does not delete. When it rejects, it may have removed a
   * part; calling it again completes the erasure.
   */
  erase(query: PersonQuery, now: number, onProgress?: SearchProgress): Promise<ErasureReport>;
  close(): Promise<void>;
}
