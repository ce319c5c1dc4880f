import type { EventLog } from "@sessionhook/core";
import { afterEach, beforeEach } from "vitest";

/** The storage of one store: a file, a database, or memory. */
export interface StoreFixture {
  /** Opens the store. If it is persistent, a later call after `close` finds the stored events. */
  open(): Promise<EventLog>;
  /** Deletes the storage; called once, after every store that used it was closed. */
  cleanup(): Promise<void>;
}

export interface EventLogHarness {
  /** True when stored events survive `close`. */
  readonly persistent: boolean;
  /** Creates new, empty storage, independent of all others. */
  make(): Promise<StoreFixture>;
}

/** Creates a new store for every test of the describe block that calls this. */
export interface CurrentStore {
  readonly store: EventLog;
  /** Closes the store and opens it again. */
  reopen(): Promise<EventLog>;
}

export function useStore(harness: EventLogHarness): CurrentStore {
  let fixture: StoreFixture | undefined;
  let store: EventLog | undefined;
  beforeEach(async () => {
    fixture = await harness.make();
    store = await fixture.open();
  });
  afterEach(async () => {
    await store?.close();
    await fixture?.cleanup();
    fixture = store = undefined;
  });
  const current = {
    get store(): EventLog {
      if (store === undefined) throw new Error("The store exists only while a test runs");
      return store;
    },
    async reopen(): Promise<EventLog> {
      if (fixture === undefined) throw new Error("The store exists only while a test runs");
      await current.store.close();
      store = await fixture.open();
      return store;
    },
  };
  return current;
}
