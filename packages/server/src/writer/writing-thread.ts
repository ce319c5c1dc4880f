import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import { maxBatchBytes, maxBatchEvents } from "@sessionhook/core/limits";
import { StoreError } from "@sessionhook/core";
import { describeError, type EventWriter, storeWriter } from "@sessionhook/ingest";
import { openSqliteStore, type SqliteEventLog, WriteTurns } from "@sessionhook/stores/sqlite";
import { Checkpoints } from "./checkpoints.js";
import type { ThreadWriterOptions } from "./thread-writer.js";
import {
  type BatchMessage,
  checking,
  closing,
  type WriterReply,
  type WriterFailure,
  type WriterMessage,
  type WriterRequest,
  packResults,
  unpackBatch,
} from "./messages.js";

/**
 * The thread that parses, classifies and writes, with its own connection to the store. Batches that arrive during a
 * write share the next transaction.
 */
const { path, onInvalid, turns: shared } = workerData as ThreadWriterOptions;
const turns = shared === undefined ? undefined : new WriteTurns(shared, true);
const port = parentPort;
if (port === null) throw new Error("writing-thread runs as a worker thread only");

/** Opened with the first batch; if that fails, with the next one. */
let opened: { store: SqliteEventLog; writer: EventWriter } | undefined;
const checkpoints = new Checkpoints(path, (notCopied) => post({ notCopied }));
const waiting: BatchMessage[] = [];
let checks = 0;
let ending = false;
let running = false;

port.on("message", (request: WriterRequest) => {
  if (request === closing) ending = true;
  else if (request === checking) checks++;
  else waiting.push(request);
  // After all messages that have arrived are in the queue.
  setImmediate(() => void run());
});

async function run(): Promise<void> {
  if (running) return;
  running = true;
  while (waiting.length > 0 || checks > 0) {
    if (waiting.length > 0) {
      post(await write(takeTogether()));
      if (opened !== undefined) checkpoints.committed(opened.store);
    }
    if (checks > 0) {
      checks--;
      post({ checked: await check() });
      if (opened !== undefined) checkpoints.committed(opened.store);
    }
  }
  running = false;
  if (!ending) return;
  await checkpoints.close();
  await opened?.store.close();
  process.exit(0);
}

function post(message: WriterMessage): void {
  port?.postMessage(message);
}

async function check(): Promise<WriterFailure | undefined> {
  try {
    opened ??= await open();
    await opened.store.checkWritable();
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

async function open(): Promise<NonNullable<typeof opened>> {
  const onOutage = (outage: string | undefined) => post({ outage });
  const store = await openSqliteStore({ path, alreadyChecked: true, autoCheckpoint: false, turns, onOutage });
  return { store, writer: storeWriter(store, onInvalid) };
}

/** Returns the batches of one transaction, in order of arrival; at least one. */
function takeTogether(): BatchMessage[] {
  let [events, bytes, count] = [0, 0, 0];
  for (const batch of waiting) {
    events += batch.ids.length;
    bytes += batch.bytes.byteLength;
    if (count > 0 && (events > maxBatchEvents || bytes > maxBatchBytes)) break;
    count++;
  }
  return waiting.splice(0, count);
}

/** Returns one reply per batch: either all are results, or all are errors. */
async function write(messages: readonly BatchMessage[]): Promise<readonly WriterReply[]> {
  const batches = messages.map(unpackBatch);
  try {
    opened ??= await open();
    const results = await opened.writer.write(batches.flat());
    let at = 0;
    return batches.map((batch) => packResults(results.slice(at, (at += batch.length))));
  } catch (error) {
    const answer = failureOf(error);
    return batches.map(() => answer);
  }
}

/** Only the message of a StoreError is known to contain nothing of a payload. */
function failureOf(error: unknown): WriterFailure {
  if (!StoreError.isInstance(error))
    return { failure: "The writing thread failed", cause: describeError(error) };
  const { message, cause } = error as Error;
  return { failure: message, ...(cause === undefined ? {} : { cause: describeError(cause) }) };
}
