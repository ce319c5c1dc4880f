import { parentPort, workerData } from "node:worker_threads";
import { Checkpointer } from "@sessionhook/stores/sqlite";

/** Copies the write-ahead log of a database into it on every message, and answers with the reason if that fails. */
const checkpointer = new Checkpointer((workerData as { path: string }).path);
const port = parentPort;
if (port === null) throw new Error("checkpoint-thread runs as a worker thread only");

port.on("message", (fingerprint: string | undefined) => {
  port.postMessage(checkpointer.run(fingerprint)?.message);
});
