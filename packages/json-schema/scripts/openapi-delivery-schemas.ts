import { deliveryStates, destinationStates, replayKinds } from "@sessionhook/core";
import {
  defaultReplayRate,
  maxIdLength,
  maxReplayRate,
  maxWhenLength,
  minReplayRate,
} from "@sessionhook/core/limits";
import {
  count,
  listOf,
  milliseconds,
  millisecondsOrNull,
  nullable,
  object,
  orNull,
  ref,
  text,
} from "./openapi-parts.ts";

const states = {
  type: "string",
  enum: deliveryStates,
  description:
    "waiting: the next attempt is due at `dueAt`. delivering: an attempt is under way. delivered: the destination accepted " +
    "the event. skipped: it was not sent, for the reason given. dead: it will not be retried by itself.",
};
const outcome = {
  type: "string",
  enum: ["delivered", "skipped", "retry", "rejected", "blocked", "paced"],
  description:
    "delivered: accepted. skipped: the destination does not want this event. retry: tried again later. rejected: it will " +
    "never be accepted. blocked: the destination accepts nothing at the moment. paced: it asks for a pause.",
};
const destinationState = {
  type: "string",
  enum: destinationStates,
  description:
    "ready: it gets events. paused: by an operator. blocked: it refuses everything, such as a revoked token; all " +
    "deliveries wait. cooling: many attempts failed, and a probe follows. orphaned: it is not in the configuration.",
};
const kind = {
  type: "string",
  enum: replayKinds,
  description:
    "failed: dead letters. missing: events without a delivery to the destination. all: every event.",
};
const matched = count("Deliveries that the replay creates.");
const name = text("Name of the destination.");
const eventId = text("Message id of the event.");

const time = (description: string) => ({
  ...milliseconds(description),
  type: "integer",
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
});
const selection = {
  status: {
    type: "string",
    enum: ["accepted", "quarantined", "unrecognized"],
    description: "Only events of this status.",
  },
  type: { type: "string", minLength: 1, maxLength: 256, description: "Only events of this type." },
  from: time("Only events received at this time or later"),
  to: time("Only events received before this time"),
  when: {
    type: "string",
    minLength: 1,
    maxLength: maxWhenLength,
    description: "Only events for whose facts this CEL expression is true.",
  },
  events: {
    type: "array",
    items: { type: "string", minLength: 1, maxLength: maxIdLength },
    minItems: 1,
    maxItems: 100,
    description: "Only these message ids.",
  },
};
const destinations = {
  type: "array",
  items: { type: "string", minLength: 1, maxLength: 256 },
  minItems: 1,
  maxItems: 100,
  description: "Names of configured destinations; all of them if it is absent.",
};
const rate = {
  type: "number",
  minimum: minReplayRate,
  maximum: maxReplayRate,
  default: defaultReplayRate,
  description: "Deliveries per second.",
};

const delivery = {
  id: text("Opaque id of the delivery."),
  eventId,
  eventType: nullable("string", "Event type; null if the body has none."),
  destination: name,
  state: ref("DeliveryState"),
  attemptCount: count("Number of attempts that were begun."),
  createdAt: milliseconds("Time of creation"),
  dueAt: millisecondsOrNull("When the next attempt is due, or the lease ends; null if finished"),
  finishedAt: millisecondsOrNull("When it was finished; null if it is open"),
  reason: orNull("Reason", "Reason of the last failure, or of skipping."),
  heldBy: nullable("string", "Message id of the event whose cooldown holds this one back."),
  replay: nullable("string", "Id of the replay that created it; null for a live delivery."),
};

export const deliverySchemas = {
  DeliveryState: { title: "DeliveryState", ...states },
  DestinationState: { title: "DestinationState", ...destinationState },
  Outcome: { title: "Outcome", ...outcome },
  ReplayKind: { title: "ReplayKind", ...kind },
  Reason: object(
    "Reason",
    "Why something was not delivered.",
    { code: { type: "string", description: "Stable name, such as http_500 or timeout." } },
    {
      status: count("HTTP status of the answer."),
      excerpt: text("Beginning of the answer, masked for secrets and e-mail addresses."),
    },
  ),
  Destination: object("Destination", "A system that events are sent to.", {
    name,
    type: nullable("string", "http, code, files, slack, …; null if it is orphaned."),
    target: nullable("string", "Where it sends, without secrets; null if it is orphaned."),
    state: ref("DestinationState"),
    reason: orNull("Reason", "Reason of the state."),
    since: millisecondsOrNull("Since when it has this state"),
    probeAt: millisecondsOrNull("Blocked, cooling: when one attempt is made to find out if it is well again"),
    pacedUntil: millisecondsOrNull("It asked for no attempt before this time"),
    open: count("Deliveries that wait or are being sent."),
    dead: count("Dead letters."),
    delivered: count("Deliveries that succeeded, as far as the history reaches."),
    skipped: count("Deliveries that were skipped, as far as the history reaches."),
    oldestDueSeconds: nullable(
      "integer",
      "For how long the oldest due delivery has been due; null if none is due, also before `pacedUntil`.",
    ),
    lastDeliveredAt: millisecondsOrNull("When it last accepted an event"),
  }),
  DestinationPage: object("DestinationPage", "Destinations.", {
    destinations: listOf("Destination", "Configured ones in their order, then orphaned ones."),
    nextCursor: nullable("string", "`cursor` of the next page; null on the last page."),
  }),
  TestResult: object("TestResult", "The result of sending a sample event.", {
    destination: name,
    outcome: ref("Outcome"),
    reason: orNull("Reason", "Why it was not delivered."),
  }),
  Delivery: object("Delivery", "One event for one destination.", delivery),
  DeliveryPage: object("DeliveryPage", "Deliveries, newest first.", {
    deliveries: listOf("Delivery", "At most `limit` deliveries."),
    nextCursor: nullable("string", "`cursor` of the next page; null on the last page."),
  }),
  Attempt: object("Attempt", "One try of a delivery.", {
    number: count("Number of the attempt, from 1."),
    startedAt: milliseconds("When it began"),
    durationMs: { type: "number", description: "How long it took, in milliseconds." },
    outcome: ref("Outcome"),
    reason: orNull("Reason", "Why it was not delivered."),
  }),
  DeliveryDetail: object("DeliveryDetail", "A delivery with its attempts.", {
    ...delivery,
    attempts: listOf("Attempt", "Attempts that have ended, oldest first: the first 20 and the newest 80."),
  }),
  ReplayRequest: object(
    "ReplayRequest",
    "Selects stored events to send again.",
    {},
    {
      destinations,
      kind: { ...kind, default: "failed" },
      ...selection,
      rate,
      dryRun: { type: "boolean", default: false, description: "Only count, and send nothing." },
    },
  ),
  EventReplayRequest: object(
    "EventReplayRequest",
    "Selects where an event is sent again.",
    {},
    {
      destinations,
    },
  ),
  ReplaySample: object("ReplaySample", "A delivery that a replay creates.", {
    eventId,
    eventType: delivery.eventType,
    destination: name,
    receivedAt: milliseconds("When the event was received"),
  }),
  ReplayResult: object("ReplayResult", "A replay that was started, or a dry run.", {
    id: nullable("string", "Id of the replay; null for a dry run."),
    matched,
    exact: {
      type: "boolean",
      description: "False if counting stopped at a limit: there are more than `matched`.",
    },
    samples: listOf("ReplaySample", "The first deliveries, at most 10."),
  }),
  ReplaySpec: object(
    "ReplaySpec",
    "The selection of a replay.",
    {
      destinations: { type: "array", items: { type: "string" }, description: "Names of destinations." },
      kind: ref("ReplayKind"),
      rate,
    },
    selection,
  ),
  Replay: object("Replay", "A replay and its progress.", {
    id: text("Opaque id of the replay."),
    state: {
      type: "string",
      enum: ["running", "done", "cancelled"],
      description: "running: it still reads the event log. done: it has created all deliveries.",
    },
    createdAt: milliseconds("When it was started"),
    finishedAt: millisecondsOrNull("When it ended; null while it runs"),
    matched: count("Deliveries that it has created so far."),
    counts: ref("ReplayCounts"),
    spec: ref("ReplaySpec"),
  }),
  ReplayCounts: object(
    "ReplayCounts",
    "The deliveries of a replay by state.",
    Object.fromEntries(states.enum.map((state) => [state, count(`Deliveries that are ${state}.`)])),
  ),
  ReplayPage: object("ReplayPage", "Replays, newest first.", {
    replays: listOf("Replay", "At most `limit` replays."),
    nextCursor: nullable("string", "`cursor` of the next page; null on the last page."),
  }),
};
