import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeliveryStoreHarness } from "@sessionhook/conformance/delivery-store-suite";
import { createMemoryDeliveryStore, createMemoryStore } from "../src/memory.js";
import { openSqliteDeliveryStore, openSqliteStore } from "../src/sqlite.js";

export const inMemory: DeliveryStoreHarness = {
  persistent: false,
  make: async () => {
    const events = createMemoryStore();
    return {
      open: async () => ({ events, deliveries: createMemoryDeliveryStore(events) }),
      cleanup: async () => {},
    };
  },
};

export const inSqlite: DeliveryStoreHarness = {
  persistent: true,
  make: async () => {
    const folder = mkdtempSync(join(tmpdir(), "sessionhook-deliveries-"));
    const path = join(folder, "events.db");
    return {
      open: async () => ({
        events: await openSqliteStore({ path }),
        deliveries: await openSqliteDeliveryStore({ path }),
      }),
      cleanup: async () => rmSync(folder, { recursive: true }),
    };
  },
};
