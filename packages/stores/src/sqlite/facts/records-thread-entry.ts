import { parentPort } from "node:worker_threads";
import type { StoredBody } from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";

/** Entry point of a thread that derives the records of events. */
const port = parentPort;
if (port === null) throw new Error("records-thread-entry runs as a worker thread only");

port.on("message", (events: readonly StoredBody[]) => {
  port.postMessage(events.map((event) => recordsOfStored(event)));
});
