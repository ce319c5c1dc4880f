import { parentPort, workerData } from "node:worker_threads";
import { Checkpointer } from "@sessionhook/stores/sqlite";

/** Copies the write-ahead log into the database on each message, and replies when finished. */
const checkpointer = new Checkpointer((workerData as { path: string }).path);
const port = parentPort;
if (port === null) throw new Error("checkpoint-thread runs as a worker thread only");

port.on("message", () => {
  checkpointer.run();
  port.postMessage("done");
});
