import { describePrivacyStore } from "@sessionhook/conformance/privacy-store-suite";
import { createMemoryDeliveryStore, createMemoryFactStore, createMemoryStore } from "./memory.js";
import { createMemoryPrivacyStore } from "./memory-privacy.js";

describePrivacyStore("memory", {
  make: async () => {
    const events = createMemoryStore();
    return {
      open: async () => ({
        events,
        deliveries: createMemoryDeliveryStore(events),
        facts: createMemoryFactStore(events),
        privacy: createMemoryPrivacyStore(events),
      }),
      cleanup: async () => {},
    };
  },
});
