import type { Delivery, DeliveryControl, DestinationOverview, Replay } from "@sessionhook/core";
import { maxPageSize } from "@sessionhook/core/limits";
import { ReceiveError } from "@sessionhook/ingest";

/** Returns a delivery as the API shows it. */
export function deliveryJson({ attempts, ...delivery }: Delivery) {
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    eventType: delivery.eventType,
    destination: delivery.destination,
    state: delivery.state,
    attemptCount: attempts,
    createdAt: delivery.createdAt,
    dueAt: delivery.dueAt,
    finishedAt: delivery.finishedAt,
    reason: delivery.reason,
    heldBy: delivery.heldBy,
    replay: delivery.replay,
  };
}

/** Returns the newest deliveries of an event, at most 500; none where nothing is delivered. */
export async function deliveriesOf(delivery: DeliveryControl | undefined, event: string) {
  if (delivery === undefined) return [];
  const { deliveries } = await delivery.store.list({ event, limit: maxPageSize });
  return deliveries.map(deliveryJson);
}

/** Returns a destination as the API shows it. */
export function destinationJson({ oldestDueAt, ...destination }: DestinationOverview, now: number) {
  const oldestDueSeconds = oldestDueAt === null ? null : Math.max(0, Math.round((now - oldestDueAt) / 1000));
  return { ...destination, oldestDueSeconds };
}

/** Returns a replay as the API shows it. */
export function replayJson({ spec, ...replay }: Replay) {
  const { destinations, kind, rate, status, type, from, to, when, events } = spec;
  return {
    id: replay.id,
    state: replay.state,
    createdAt: replay.createdAt,
    finishedAt: replay.finishedAt,
    matched: replay.matched,
    counts: replay.counts,
    spec: { destinations, kind, status, type, from, to, when, events, rate },
  };
}

/**
 * Returns the control of deliveries.
 * @throws ReceiveError `not_found` where nothing is delivered
 */
export function requireDelivery(delivery: DeliveryControl | undefined): DeliveryControl {
  if (delivery !== undefined) return delivery;
  throw new ReceiveError("not_found", "This server does not deliver events: its store or runtime cannot");
}
