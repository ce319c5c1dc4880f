import { describePrivacyStore } from "@sessionhook/conformance/privacy-store-suite";
import { createMemoryDeliveryStore, createMemoryStore } from "./memory.js";
import { createMemoryPrivacyStore } from "./memory-privacy.js";

describePrivacyStore("memory", {
  make: async () => {
    const events = createMemoryStore();
    return {
      open: async () => ({
        events,
        deliveries: createMemoryDeliveryStore(events),
        privacy: createMemoryPrivacyStore(events),
      }),
      cleanup: async () => {},
    };
  },
});
