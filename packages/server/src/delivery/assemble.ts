import { resolve } from "node:path";
import type { DeliveryStore, EventLog, StoredEvent } from "@sessionhook/core";
import type { LoadedConfig } from "@sessionhook/app";
import { createDelivery, type Delivery, type Presence } from "@sessionhook/delivery";

/** Creates the delivery of a configuration over open stores. It does nothing until it is started. */
export async function assembleDelivery(
  { destinations, retention }: LoadedConfig,
  eventLog: EventLog,
  store: DeliveryStore,
  presence?: Presence,
): Promise<Delivery> {
  const context = { folder: resolve("."), now: Date.now };
  const drivers = destinations.map(async ({ options, type, create }) => ({
    options,
    type,
    driver: await create(context),
  }));
  return createDelivery({
    store,
    eventLog,
    destinations: await Promise.all(drivers),
    sampleEvent,
    retention,
    presence,
  });
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
