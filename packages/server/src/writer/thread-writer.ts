import { Worker } from "node:worker_threads";
import { getLogger } from "@logtape/logtape";
import { StoreError } from "@sessionhook/core";
import {
  type ReceivedMessage,
  DescribedError,
  describeError,
  type EventWriter,
  type WriteResult,
} from "@sessionhook/ingest";
import { endThread, type EndTimes } from "../end-thread.js";
import { StuckThread } from "../stuck-thread.js";
import { CopyFailures } from "./copy-failures.js";
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

const log = getLogger(["sessionhook", "store"]);
/** The thread may have to write what has arrived and to wait for a copy of the log that is under way. */
const defaultTimes: EndTimes = { graceMs: 4000, endMs: 2000 };

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
  readonly #times: EndTimes;
  readonly #copyFailures = new CopyFailures();
  #closed: Promise<void> | undefined;
  #thread: Worker | undefined;
  /** Callers of batches without results, in the order of the results. */
  #waiting: ((answer: WriterReply) => void)[] = [];
  /** Callers of `checkWritable` without a reply. */
  #asking: ((failure: WriterFailure | undefined) => void)[] = [];

  constructor(options: ThreadWriterOptions, onOutage: OnOutage = () => undefined, times = defaultTimes) {
    this.#options = options;
    this.#times = times;
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

  /**
   * Lets the thread finish, close its store and end. It is terminated when it does not in time: then the batches without
   * results fail, and their messages were not acknowledged.
   * @throws StuckThread if it does not end
   */
  close(): Promise<void> {
    return (this.#closed ??= this.#end());
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    thread.postMessage(closing satisfies WriterRequest);
    const end = await endThread(thread, this.#times);
    if (end === "terminated")
      log.error(
        "the writing thread did not finish in time; messages that it had not stored were not acknowledged",
      );
    if (end !== "stuck") return;
    this.#fail({ failure: "The writing thread does not respond" });
    throw new StuckThread("writing");
  }

  #running(): Worker {
    if (this.#closed !== undefined) throw unavailable({ failure: "The app is stopping" });
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
      else if ("notCopied" in message) this.#copyFailures.report(message.notCopied);
      else if ("checked" in message) this.#asking.shift()?.(message.checked);
      else for (const answer of message) this.#waiting.shift()?.(answer);
    });
    const lost = (reason: Omit<WriterFailure, "failure">) => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#onOutage(undefined);
      this.#fail({ failure: "The writing thread ended unexpectedly", ...reason });
    };
    thread.on("error", (error) => lost({ cause: describeError(error) }));
    thread.on("exit", () => lost({}));
    return thread;
  }

  #fail(answer: WriterFailure): void {
    for (const settle of this.#waiting.splice(0)) settle(answer);
    for (const settle of this.#asking.splice(0)) settle(answer);
  }
}

function unavailable({ failure, cause }: WriterFailure): StoreError {
  const options = cause === undefined ? {} : { cause: new DescribedError(cause) };
  return new StoreError("store_unavailable", failure, options);
}
