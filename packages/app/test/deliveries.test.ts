import { SigningSecrets } from "@sessionhook/core";
import { SteppedDeliveries } from "@sessionhook/conformance/delivery-control";
import { deliveryCases, describeRuntime } from "@sessionhook/conformance/runtime-suite";
import { createMemoryDeliveryStore, createMemoryStore } from "@sessionhook/stores/memory";
import { createApp } from "../src/index.js";

const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"] as const;
const adminToken = "admin-token-0123456789abcdef-0123456789";

async function start() {
  const store = createMemoryStore();
  const destination = { name: "runtime", type: "http", target: "https://api.example.com" };
  const deliveries = new SteppedDeliveries(createMemoryDeliveryStore(store), store, [destination], Date.now);
  await deliveries.register();
  const app = createApp({ store, secrets: new SigningSecrets(secrets), adminToken, delivery: deliveries });
  const fetch = async (path: string, init?: RequestInit) => {
    await deliveries.route();
    return app.fetch(new Request(`http://localhost:8787${path}`, init));
  };
  return { fetch, adminToken, secrets };
}

describeRuntime("createApp with deliveries in memory", { start, stop: async () => undefined }, deliveryCases);
