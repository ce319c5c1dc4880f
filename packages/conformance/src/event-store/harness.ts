import type { EventStore } from "@sessionhook/core";
import { afterEach, beforeEach } from "vitest";

/** The storage of one store: a file, a database, or memory. */
export interface EventStorePlace {
  /** Opens the store. If it is persistent, a later call after `close` finds the stored events. */
  open(): Promise<EventStore>;
  /** Deletes the storage; called once, after every store that used it was closed. */
  cleanup(): Promise<void>;
}

export interface EventStoreHarness {
  /** True when stored events survive `close`. */
  readonly persistent: boolean;
  /** Creates new, empty storage, independent of all others. */
  make(): Promise<EventStorePlace>;
}

/** Creates a new store for every test of the describe block that calls this. */
export interface CurrentStore {
  readonly store: EventStore;
  /** Closes the store and opens it again. */
  reopen(): Promise<EventStore>;
}

export function useStore(harness: EventStoreHarness): CurrentStore {
  let place: EventStorePlace | undefined;
  let store: EventStore | undefined;
  beforeEach(async () => {
    place = await harness.make();
    store = await place.open();
  });
  afterEach(async () => {
    await store?.close();
    await place?.cleanup();
    place = store = undefined;
  });
  const current = {
    get store(): EventStore {
      if (store === undefined) throw new Error("The store exists only while a test runs");
      return store;
    },
    async reopen(): Promise<EventStore> {
      if (place === undefined) throw new Error("The store exists only while a test runs");
      await current.store.close();
      store = await place.open();
      return store;
    },
  };
  return current;
}
