import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { StoreError } from "@sessionhook/core";
import {
  type ReceivedMessage,
  DescribedError,
  describeError,
  type EventWriter,
  type WriteResult,
} from "@sessionhook/ingest";
import {
  checking,
  closing,
  type WriterReply,
  type WriterFailure,
  type WriterMessage,
  type WriterRequest,
  packBatch,
  unpackResults,
} from "./messages.js";

export interface ThreadWriterOptions {
  /** The SQLite file. */
  readonly path: string;
  readonly onInvalid: "quarantine" | "reject";
  /** Eight zero bytes shared by the threads that write. */
  readonly turns?: SharedArrayBuffer;
}

/** Called with each new reason why the thread's connection to the store cannot be used, and with undefined when it can be again. */
export type OnOutage = (reason: string | undefined) => void;

/**
 * A writer that works in another thread: while that thread parses and waits for the disk, this one continues to
 * answer requests. If the thread ends unexpectedly, its batches fail (nothing was acknowledged) and the next batch
 * starts a new thread.
 */
export class ThreadWriter implements EventWriter {
  /** The writing thread collects the batches that arrive while it writes, so they need not wait here. */
  readonly concurrency = Infinity;
  /** Small enough for continuous work in the thread, large enough for the cost of a message to it. */
  readonly handOverAt = 8;
  readonly #options: ThreadWriterOptions;
  readonly #onOutage: OnOutage;
  #thread: Worker | undefined;
  /** Callers of batches without results, in the order of the results. */
  #waiting: ((answer: WriterReply) => void)[] = [];
  /** Callers of `checkWritable` without a reply. */
  #asking: ((failure: WriterFailure | undefined) => void)[] = [];

  constructor(options: ThreadWriterOptions, onOutage: OnOutage = () => undefined) {
    this.#options = options;
    this.#onOutage = onOutage;
    this.#thread = this.#start();
  }

  async write(messages: readonly ReceivedMessage[]): Promise<readonly WriteResult[]> {
    const thread = this.#running();
    const batch = packBatch(messages);
    const answer = await new Promise<WriterReply>((resolve) => {
      this.#waiting.push(resolve);
      thread.postMessage(batch satisfies WriterRequest, [batch.bytes]);
    });
    if ("failure" in answer) throw unavailable(answer);
    return unpackResults(answer);
  }

  async checkWritable(): Promise<void> {
    const thread = this.#running();
    const failure = await new Promise<WriterFailure | undefined>((resolve) => {
      this.#asking.push(resolve);
      thread.postMessage(checking satisfies WriterRequest);
    });
    if (failure !== undefined) throw unavailable(failure);
  }

  /** Lets the thread finish, close its store and end. */
  async close(): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    const exit = once(thread, "exit");
    thread.postMessage(closing satisfies WriterRequest);
    await exit;
  }

  #running(): Worker {
    try {
      return (this.#thread ??= this.#start());
    } catch (error) {
      throw unavailable({ failure: "The writing thread cannot be started", cause: describeError(error) });
    }
  }

  #start(): Worker {
    const thread = new Worker(new URL("./writing-thread.js", import.meta.url), {
      workerData: this.#options,
      // The thread must not inherit the flags of the process.
      execArgv: [],
    });
    thread.on("message", (message: WriterMessage) => {
      // Messages of an ended thread may arrive late: its batches have failed, and the callers now wait for another thread.
      if (this.#thread !== thread) return;
      if ("outage" in message) this.#onOutage(message.outage);
      else if ("checked" in message) this.#asking.shift()?.(message.checked);
      else for (const answer of message) this.#waiting.shift()?.(answer);
    });
    const lost = (reason: Omit<WriterFailure, "failure">) => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#onOutage(undefined);
      const answer = { failure: "The writing thread ended unexpectedly", ...reason };
      for (const settle of this.#waiting.splice(0)) settle(answer);
      for (const settle of this.#asking.splice(0)) settle(answer);
    };
    thread.on("error", (error) => lost({ cause: describeError(error) }));
    thread.on("exit", () => lost({}));
    return thread;
  }
}

function unavailable({ failure, cause }: WriterFailure): StoreError {
  const options = cause === undefined ? {} : { cause: new DescribedError(cause) };
  return new StoreError("store_unavailable", failure, options);
}
