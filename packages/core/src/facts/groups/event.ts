import { group } from "../definition.js";
import { eventCreatedAt } from "../event-times.js";
import { at } from "../read.js";

export const eventFacts = group("event", [
  [
    "id",
    "string",
    "Identifier of the event; equals the webhook-id header.",
    "`id`; absent in an older envelope",
    ({ event }) => at(event, "id"),
  ],
  [
    "type",
    "string",
    "Event type, such as identity.session.finalized.",
    "`type`",
    ({ event }) => at(event, "type"),
  ],
  [
    "createdAt",
    "number",
    "When the event was made, Unix milliseconds.",
    "`created`, else `timestamp` of an older envelope if it has an offset",
    ({ event }) => eventCreatedAt(event),
  ],
  [
    "finalizedAt",
    "number",
    "When the record of the session was made final, Unix milliseconds.",
    "`data.finalizedAt`",
    ({ data }) => at(data, "finalizedAt"),
  ],
]);
