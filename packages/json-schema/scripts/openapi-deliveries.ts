import { maxPageSize } from "@sessionhook/core/limits";
import {
  api,
  apiWithBody,
  cursorParameter,
  inPath,
  json,
  operation,
  pageParameters,
  query,
} from "./openapi-operation.ts";
import { ref } from "./openapi-parts.ts";

const name = inPath("name", "Name of the destination.");
const id = inPath("id", "Id of the delivery.");
const replay = inPath("id", "Id of the replay.");
const failures = ["NotFound", ...api] as const;
const filter = (name: string, description: string) =>
  query(name, description, { type: "string", minLength: 1, maxLength: 256 });

const change = (verb: "pause" | "resume" | "discard", summary: string) => ({
  parameters: [name],
  post: operation({
    operationId: `${verb}Destination`,
    summary,
    tag: "admin",
    success: json("The destination.", "Destination"),
    failures,
  }),
});

/** Destinations, deliveries and replays in the admin API, by path and method. */
export const deliveryPaths = {
  "/api/destinations": {
    get: operation({
      operationId: "listDestinations",
      summary: "List the destinations with their state and the number of their deliveries.",
      tag: "admin",
      parameters: [...pageParameters("destinations", maxPageSize), cursorParameter()],
      success: json("A page of destinations.", "DestinationPage"),
      failures,
    }),
  },
  "/api/destinations/{name}/test": {
    parameters: [name],
    post: operation({
      operationId: "testDestination",
      summary: "Send a sample event to a destination.",
      tag: "admin",
      success: json("The answer of the destination, a failure included.", "TestResult"),
      failures,
    }),
  },
  "/api/destinations/{name}/pause": change(
    "pause",
    "Stop sending to a destination; its deliveries wait and are not lost.",
  ),
  "/api/destinations/{name}/resume": change("resume", "Continue after a pause, a block or failures."),
  "/api/destinations/{name}/discard": change(
    "discard",
    "Make dead letters of the open deliveries to a destination that is not in the configuration. Repeat it while any are open.",
  ),
  "/api/deliveries": {
    get: operation({
      operationId: "listDeliveries",
      summary: "List deliveries page by page, newest first.",
      tag: "admin",
      parameters: [
        filter("destination", "Only to this destination."),
        query("state", "Only in this state.", ref("DeliveryState")),
        filter("event", "Only of the event with this message id."),
        filter("replay", "Only of this replay."),
        ...pageParameters("deliveries"),
        cursorParameter(),
      ],
      success: json("A page of deliveries.", "DeliveryPage"),
      failures,
    }),
  },
  "/api/deliveries/{id}": {
    parameters: [id],
    get: operation({
      operationId: "getDelivery",
      summary: "Get a delivery with its attempts.",
      tag: "admin",
      success: json("The delivery.", "DeliveryDetail"),
      failures,
    }),
  },
  "/api/deliveries/{id}/retry": {
    parameters: [id],
    post: operation({
      operationId: "retryDelivery",
      summary: "Send a delivery now, whatever its state, with a full retry schedule.",
      tag: "admin",
      success: json("The delivery, due now.", "DeliveryDetail"),
      failures,
    }),
  },
  "/api/replays": {
    get: operation({
      operationId: "listReplays",
      summary: "List the replays page by page, newest first.",
      tag: "admin",
      parameters: [...pageParameters("replays"), cursorParameter()],
      success: json("A page of replays.", "ReplayPage"),
      failures,
    }),
    post: operation({
      operationId: "createReplay",
      summary: "Send stored events again, or count them with `dryRun`.",
      tag: "admin",
      body: ["The selection; every dead letter if it is absent.", "ReplayRequest"],
      success: json("The number of deliveries, and the first of them.", "ReplayResult"),
      failures: ["NotFound", ...apiWithBody],
    }),
  },
  "/api/replays/{id}": {
    parameters: [replay],
    get: operation({
      operationId: "getReplay",
      summary: "Get the progress of a replay.",
      tag: "admin",
      success: json("The replay.", "Replay"),
      failures,
    }),
    delete: operation({
      operationId: "cancelReplay",
      summary: "Cancel a replay; its deliveries that still wait are deleted.",
      tag: "admin",
      success: json("The replay.", "Replay"),
      failures,
    }),
  },
};

/** Sends one event again. */
export const eventReplay = operation({
  operationId: "replayEvent",
  summary: "Send an event again to the given destinations, or to all.",
  tag: "admin",
  body: ["The destinations; every configured one if it is absent.", "EventReplayRequest"],
  success: json("The replay.", "Replay"),
  failures: ["NotFound", ...apiWithBody],
});
