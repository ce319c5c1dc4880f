import { parentPort } from "node:worker_threads";
import { recordsOfStored } from "@sessionhook/core/derive";
import { type PackedEvents, unpacked } from "./packed-events.js";

/** Entry point of a thread that derives the records of events. */
const port = parentPort;
if (port === null) throw new Error("records-thread-entry runs as a worker thread only");

port.on("message", (events: PackedEvents) => {
  port.postMessage(unpacked(events).map((event) => recordsOfStored(event)));
});
