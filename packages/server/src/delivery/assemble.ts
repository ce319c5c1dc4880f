import type { LoadedConfig } from "@sessionhook/app";
import type { DeliveryStore, EventLog, StoredEvent } from "@sessionhook/core";
import { type ConfiguredDriver, createDelivery, type Delivery } from "@sessionhook/delivery";

/** Creates the delivery of a configuration over open stores. It does nothing until it is started. */
export function assembleDelivery(
  { retention }: LoadedConfig,
  destinations: readonly ConfiguredDriver[],
  eventLog: EventLog,
  store: DeliveryStore,
): Delivery {
  return createDelivery({ store, eventLog, destinations, sampleEvent, retention });
}

/** Returns the event that a test of a destination sends: a simulated one, loaded when it is first needed. */
async function sampleEvent(): Promise<StoredEvent> {
  const { createSimulator } = await import("@sessionhook/simulator");
  const now = Date.now();
  const { id, type, body } = createSimulator({ seed: now, now }).next("identity.session.finalized");
  const raw = new TextEncoder().encode(body);
  return {
    id,
    version: 1,
    type,
    status: "accepted",
    receivedAt: now,
    attemptTimestamp: Math.floor(now / 1000),
    size: raw.length,
    duplicates: 0,
    position: "",
    issues: [],
    total: 0,
    exact: true,
    raw,
    signature: "",
  };
}
