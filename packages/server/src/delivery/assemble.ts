import type { LoadedConfig } from "@sessionhook/app";
import type { StoredEvent } from "@sessionhook/core";
import { createDelivery, type Delivery, type DeliveryOptions } from "@sessionhook/delivery";

/** Creates the delivery of a configuration over open stores. It does nothing until it is started. */
export function assembleDelivery(
  options: Pick<DeliveryOptions, "destinations" | "eventLog" | "store" | "presence" | "pace" | "hooks"> & {
    readonly config: LoadedConfig;
  },
): Delivery {
  const { config, ...parts } = options;
  return createDelivery({ ...parts, sampleEvent: () => sampleEvent(), retention: config.retention });
}

/** Seed and time of the event of the simulator that has a person with name, title, e-mail address, company, pages and source. */
const sample = { seed: 627, now: Date.UTC(2026, 0, 15, 12) };
/** All times of the event are in the days before that time; no other number in it is of this size. */
const sampleDaysMs = 8 * 86_400_000;

/**
 * Returns the event that a test of a destination sends: always the same fictitious person, with a new id that begins with
 * `evt_test_`, so that a receiver that ignores known ids accepts it, and a session that has just ended.
 */
export async function sampleEvent(now: number = Date.now()): Promise<StoredEvent> {
  // Loaded when it is first needed.
  const { createSimulator } = await import("@sessionhook/simulator");
  const { type, body } = createSimulator(sample).next("identity.session.finalized");
  const id = `evt_test_${crypto.randomUUID()}`;
  const later = (_: string, value: unknown) =>
    typeof value === "number" && value > sample.now - sampleDaysMs && value <= sample.now
      ? value - sample.now + now
      : value;
  const event = { ...(JSON.parse(body, later) as object), id };
  const raw = new TextEncoder().encode(JSON.stringify(event));
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
