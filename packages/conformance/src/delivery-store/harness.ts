import type { DeliveryStore, EventLog } from "@sessionhook/core";
import { afterEach, beforeEach } from "vitest";

/** An event log and the delivery store that belongs to it. */
export interface Stores {
  readonly events: EventLog;
  readonly deliveries: DeliveryStore;
}

/** The storage of one event log and its deliveries: a file, a database, or memory. */
export interface DeliveryFixture {
  /** Opens the stores; those that are open at the same time, as in several processes, share their data. */
  open(): Promise<Stores>;
  /** Deletes the storage; called once, after every store that used it was closed. */
  cleanup(): Promise<void>;
}

export interface DeliveryStoreHarness {
  /** True when data survives `close`. */
  readonly persistent: boolean;
  /** Creates new, empty storage, independent of all others. */
  make(): Promise<DeliveryFixture>;
}

export interface CurrentStores extends Stores {
  /** Opens the same fixture once more; closed after the test. */
  another(): Promise<Stores>;
  /** Closes the stores and opens them again. */
  reopen(): Promise<void>;
}

/** Creates new stores for every test of the describe block that calls this. */
export function useStores(harness: DeliveryStoreHarness): CurrentStores {
  let fixture: DeliveryFixture | undefined;
  let stores: Stores | undefined;
  const others: Stores[] = [];
  beforeEach(async () => {
    fixture = await harness.make();
    stores = await fixture.open();
  });
  afterEach(async () => {
    for (const each of [...others.splice(0), stores]) if (each !== undefined) await closeBoth(each);
    await fixture?.cleanup();
    fixture = stores = undefined;
  });
  const opened = async (): Promise<Stores> => {
    if (fixture === undefined) throw new Error("The stores exist only while a test runs");
    return fixture.open();
  };
  const current = (): Stores => {
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
    async another() {
      const other = await opened();
      others.push(other);
      return other;
    },
    async reopen() {
      await closeBoth(current());
      stores = await opened();
    },
  };
}

export async function closeBoth({ events, deliveries }: Stores): Promise<void> {
  await deliveries.close();
  await events.close();
}
