import type { EventLog, PrivacyStore } from "@sessionhook/core";
import { openPrivacyStore, type StoreAddress } from "@sessionhook/stores";

/**
 * Returns the personal data of a store, which is opened for each operation: these are rare. The file was checked when the
 * event log was opened. Undefined for a store that cannot export and erase it.
 */
export function privacyOf(address: StoreAddress, eventLog: EventLog): PrivacyStore | undefined {
  if (address.scheme !== "sqlite" && address.scheme !== "memory") return undefined;
  const open = async () => {
    // Rejects while another database is at the path: opening that one would harm the log of this one.
    await eventLog.stats();
    const store = await openPrivacyStore(address, eventLog, { alreadyChecked: true });
    if (store === undefined) throw new Error("The store has no personal data");
    return store;
  };
  const once = async <T>(work: (store: PrivacyStore) => Promise<T>): Promise<T> => {
    const store = await open();
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  return {
    find: (query, onProgress) => once((store) => store.find(query, onProgress)),
    erase: (query, now, onProgress) => once((store) => store.erase(query, now, onProgress)),
    async *export(query) {
      const store = await open();
      try {
        yield* store.export(query);
      } finally {
        await store.close();
      }
    },
    close: async () => undefined,
  };
}
