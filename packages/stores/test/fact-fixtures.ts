import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FactStoreHarness } from "@sessionhook/conformance/fact-store-suite";
import { createMemoryDeliveryStore, createMemoryFactStore, createMemoryStore } from "../src/memory.js";
import { openSqliteDeliveryStore, openSqliteFactStore, openSqliteStore } from "../src/sqlite.js";

export const factsInMemory: FactStoreHarness = {
  persistent: false,
  make: async () => {
    const events = createMemoryStore();
    return {
      open: async () => ({
        events,
        deliveries: createMemoryDeliveryStore(events),
        facts: createMemoryFactStore(events),
      }),
      cleanup: async () => {},
    };
  },
};

export const factsInSqlite: FactStoreHarness = {
  persistent: true,
  make: async () => {
    const folder = mkdtempSync(join(tmpdir(), "sessionhook-facts-"));
    const path = join(folder, "events.db");
    return {
      open: async () => ({
        events: await openSqliteStore({ path }),
        deliveries: await openSqliteDeliveryStore({ path }),
        facts: await openSqliteFactStore({ path }),
      }),
      cleanup: async () => rmSync(folder, { recursive: true }),
    };
  },
};
