import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import { type EventStore, StoreError } from "@sessionhook/core";
import { type Keeper, storeKeeper } from "@sessionhook/receiver";
import { openStore } from "@sessionhook/stores";
import {
  type BatchMessage,
  type KeeperAnswer,
  type KeeperRequest,
  packKept,
  unpackBatch,
} from "./keeper-messages.js";

/** The thread that parses, classifies and writes. It has a connection of its own to the store. */
const { address, onInvalid } = workerData as { address: string; onInvalid: "quarantine" | "reject" };
const port = parentPort;
if (port === null) throw new Error("keeper-worker runs as a worker thread only");

let store: EventStore | undefined;
let keeper: Keeper | undefined;

async function keep(batch: BatchMessage): Promise<KeeperAnswer> {
  try {
    store ??= await openStore(address);
    keeper ??= storeKeeper(store, onInvalid);
    return packKept(await keeper.keep(unpackBatch(batch)));
  } catch (error) {
    // Its own message may not cross, but a StoreError's is made for the log and shows nothing of a payload.
    return { failure: StoreError.isInstance(error) ? error.message : "the writing thread failed" };
  }
}

/** One after the other, in the order they came. */
let turn = Promise.resolve();
port.on("message", (request: KeeperRequest) => {
  turn = turn.then(async () => {
    if (request !== "close") return port.postMessage(await keep(request));
    await store?.close();
    return process.exit(0);
  });
});
