import type { DeliveryStore, EventLog, FactStore, PrivacyStore } from "@sessionhook/core";
import { afterEach, beforeEach } from "vitest";

/** An event log, the stores that belong to it, and the personal data of all of them. */
export interface PrivacyStores {
  readonly events: EventLog;
  readonly deliveries: DeliveryStore;
  readonly facts: FactStore;
  readonly privacy: PrivacyStore;
}

/** The storage of one event log. */
export interface PrivacyFixture {
  open(): Promise<PrivacyStores>;
  /** Deletes the storage; called once, after every store that used it was closed. */
  cleanup(): Promise<void>;
}

export interface PrivacyStoreHarness {
  /** Creates new, empty storage, independent of all others. */
  make(): Promise<PrivacyFixture>;
}

/** Creates new stores for every test of the describe block that calls this. */
export function usePrivacyStores(harness: PrivacyStoreHarness): PrivacyStores {
  let fixture: PrivacyFixture | undefined;
  let stores: PrivacyStores | undefined;
  beforeEach(async () => {
    fixture = await harness.make();
    stores = await fixture.open();
  });
  afterEach(async () => {
    await stores?.privacy.close();
    await stores?.facts.close();
    await stores?.deliveries.close();
    await stores?.events.close();
    await fixture?.cleanup();
    fixture = stores = undefined;
  });
  const current = (): PrivacyStores => {
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
    get privacy() {
      return current().privacy;
    },
  };
}
