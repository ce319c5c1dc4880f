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
