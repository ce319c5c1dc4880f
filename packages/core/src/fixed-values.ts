/** Fixed values of fields: each list has one home here, in one file, since every file costs time at a cold start. */

/** Every result of validating the body of a genuine event. Events of every classification are stored and acknowledged. */
export const classifications = ["accepted", "quarantined", "unrecognized"] as const;

/** The result of validating the body of a genuine event. */
export type Classification = (typeof classifications)[number];

/** Every status of a stored event, in the order in which people see them. */
export const eventStatuses = [...classifications, "conflict"] as const;

/**
 * Status of a stored event: its classification, or `conflict` for a later message that carries the message id of a stored
 * event with other bytes.
 */
export type EventStatus = (typeof eventStatuses)[number];

/** Every state of a delivery, in the order in which people see them. */
export const deliveryStates = ["waiting", "delivering", "delivered", "skipped", "dead"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Every state of a configured destination. */
const destinationStatuses = ["ready", "paused", "blocked", "cooling"] as const;
export type DestinationStatus = (typeof destinationStatuses)[number];

/** Every state of a destination as people see it: `orphaned` has left the configuration. */
export const destinationStates = [...destinationStatuses, "orphaned"] as const;

/** Every selection of a replay by earlier deliveries; the first is the default. */
export const replayKinds = ["failed", "missing", "all"] as const;

/**
 * `failed`: dead letters, unless the event has an open delivery to the destination. `missing`: events without any delivery
 * to the destination; one that was skipped counts as a delivery, unless the filter failed. `all`: every event. `missing` and
 * `all` leave out an event that the router can still send to the destination, because it is not routed yet or was rechecked:
 * it would be sent twice.
 */
export type ReplayKind = (typeof replayKinds)[number];

/** Parts of the origin of a session, in the order in which people see them. SQLite stores the index: append, never reorder. */
export const attributionKeys = [
  "source",
  "medium",
  "campaign",
  "landingPage",
  "referrer",
  "country",
] as const;
export type AttributionKey = (typeof attributionKeys)[number];
