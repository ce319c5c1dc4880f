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
