import type { EventStore } from "@sessionhook/core";
import { afterEach, beforeEach } from "vitest";

/** A place where one store can live: a file, a database, a piece of memory. */
export interface EventStorePlace {
  /** Opens the store there. Where it is persistent, a later call after `close` finds what was kept. */
  open(): Promise<EventStore>;
  /** Removes the place; called once, after every store opened there has been closed. */
  cleanup(): Promise<void>;
}

export interface EventStoreHarness {
  /** Whether what was kept outlives `close`. */
  readonly persistent: boolean;
  /** A new, empty place, sharing nothing with the places made before. */
  make(): Promise<EventStorePlace>;
}

/** A fresh store for every test of the describe block that calls this. */
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
      if (store === undefined) throw new Error("The store is there only while a test runs");
      return store;
    },
    async reopen(): Promise<EventStore> {
      if (place === undefined) throw new Error("The store is there only while a test runs");
      await current.store.close();
      store = await place.open();
      return store;
    },
  };
  return current;
}
