import type { FactStore } from "@sessionhook/core";
import { afterEach, beforeEach } from "vitest";
import type { Stores } from "../delivery-store/harness.js";

/** An event log with its delivery store and its fact store. */
export interface FactStores extends Stores {
  readonly facts: FactStore;
}

/** The storage of one event log: a file, a database, or memory. */
export interface FactFixture {
  /** Opens the stores; those that are open at the same time, as in several processes, share their data. */
  open(): Promise<FactStores>;
  /** Deletes the storage; called once, after every store that used it was closed. */
  cleanup(): Promise<void>;
}

export interface FactStoreHarness {
  /** True when data survives `close`. */
  readonly persistent: boolean;
  /** Creates new, empty storage, independent of all others. */
  make(): Promise<FactFixture>;
}

export async function closeAll({ facts, deliveries, events }: FactStores): Promise<void> {
  await facts.close();
  await deliveries.close();
  await events.close();
}

/** Creates new stores for every test of the describe block that calls this. */
export function useFacts(harness: FactStoreHarness): FactStores & { reopen(): Promise<void> } {
  let fixture: FactFixture | undefined;
  let stores: FactStores | undefined;
  beforeEach(async () => {
    fixture = await harness.make();
    stores = await fixture.open();
  });
  afterEach(async () => {
    if (stores !== undefined) await closeAll(stores);
    await fixture?.cleanup();
    fixture = stores = undefined;
  });
  const current = (): FactStores => {
    if (stores === undefined) throw new Error("The stores exist only while a test runs");
    return stores;
  };
  return {
    get events() {
      return current().events;
    },
    get deliveries() {
      return current().deliveries;
    },
    get facts() {
      return current().facts;
    },
    async reopen() {
      await closeAll(current());
      stores = await fixture?.open();
    },
  };
}
