import type { LoadedConfig } from "@sessionhook/app";
import type { StoredEvent } from "@sessionhook/core";
import { createDelivery, type Delivery, type DeliveryOptions } from "@sessionhook/delivery";

/** Creates the delivery of a configuration over open stores. It does nothing until it is started. */
export function assembleDelivery(
  options: Pick<DeliveryOptions, "destinations" | "eventLog" | "store" | "presence" | "pace"> & {
    readonly config: LoadedConfig;
  },
): Delivery {
  const { config, ...parts } = options;
  return createDelivery({ ...parts, sampleEvent, retention: config.retention });
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
