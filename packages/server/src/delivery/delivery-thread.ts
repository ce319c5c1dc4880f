import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { getLogger } from "@logtape/logtape";
import { type EndedAttempt, StoreError } from "@sessionhook/core";
import { DescribedError, describeError } from "@sessionhook/ingest";
import type { CalledMethod, DeliveryMessage, DeliveryRequest, ThreadData } from "./messages.js";

const log = getLogger(["sessionhook", "delivery"]);

/** A thread that does not respond for this time is ended and restarted: a handler or a filter blocks it. */
const unresponsiveMs = 60_000;
const pingMs = 5000;
/** Pause before a thread that has ended is restarted. */
const restartMs = 1000;
/** Time for the thread to close its stores when it stops. */
const closeMs = 2000;

export interface DeliveryThreadOptions extends Omit<ThreadData, "flag"> {
  readonly onAttempts: (attempts: readonly EndedAttempt[]) => void;
  readonly onOutage: (reason: string | undefined) => void;
  /** Called when the write-ahead log should be copied into the database. */
  readonly onLongLog: () => void;
}

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Runs router and dispatcher in a worker thread, and restarts it when it ends or no longer responds. */
export class DeliveryThread {
  readonly #options: DeliveryThreadOptions;
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #calls = new Map<number, Call>();
  readonly #pinging: NodeJS.Timeout;
  #called = 0;
  #thread: Worker | undefined;
  #answered = performance.now();
  #stopping = false;

  constructor(options: DeliveryThreadOptions) {
    this.#options = options;
    this.#thread = this.#start();
    this.#pinging = setInterval(() => this.#ping(), pingMs);
    this.#pinging.unref();
  }

  /** Notifies the thread of new events; call it after each commit. At most one such message is under way at a time. */
  committed(): void {
    if (Atomics.exchange(this.#flag, 0, 1) === 0) this.#post("routed");
  }

  wake(): void {
    this.#post("wake");
  }

  /**
   * Calls a method of `Delivery` in the thread.
   * @throws StoreError `store_unavailable` if the thread ends before it answers
   */
  call<T>(method: CalledMethod, argument: unknown): Promise<T> {
    const call = ++this.#called;
    return new Promise<T>((resolve, reject) => {
      this.#calls.set(call, { resolve: resolve as Call["resolve"], reject });
      if (this.#thread === undefined) this.#failCalls();
      else this.#post({ call, method, argument });
    });
  }

  /** Waits up to `ms` for the sends that are under way, and ends the thread. */
  async stop(ms: number): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#pinging);
    const thread = this.#thread;
    if (thread === undefined) return;
    const exit = once(thread, "exit");
    this.#post({ stop: ms });
    const timer = setTimeout(() => void thread.terminate(), ms + closeMs);
    await exit;
    clearTimeout(timer);
  }

  #post(request: DeliveryRequest): void {
    this.#thread?.postMessage(request);
  }

  #start(): Worker {
    const { path, configFile, logLevel, turns } = this.#options;
    const workerData: ThreadData = {
      path,
      configFile,
      logLevel,
      turns,
      flag: this.#flag.buffer as SharedArrayBuffer,
    };
    // The thread must not inherit the flags of the process.
    const thread = new Worker(new URL("./delivering-thread.js", import.meta.url), {
      workerData,
      execArgv: [],
    });
    this.#answered = performance.now();
    Atomics.store(this.#flag, 0, 0);
    thread.on("message", (message: DeliveryMessage) => this.#receive(message));
    thread.on("error", (error) => log.error("the delivering thread failed", describeError(error)));
    thread.on("exit", () => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#options.onOutage(undefined);
      this.#failCalls();
      if (this.#stopping) return;
      log.error("the delivering thread ended and is restarted; the deliveries it was sending are sent again");
      setTimeout(() => {
        if (!this.#stopping) this.#thread = this.#start();
      }, restartMs).unref();
    });
    return thread;
  }

  #receive(message: DeliveryMessage): void {
    this.#answered = performance.now();
    if (message === "pong") return;
    if (message === "long log") return this.#options.onLongLog();
    if ("attempts" in message) return this.#options.onAttempts(message.attempts);
    if ("outage" in message) return this.#options.onOutage(message.outage);
    const call = this.#calls.get(message.answer);
    this.#calls.delete(message.answer);
    if ("value" in message) call?.resolve(message.value);
    else call?.reject(new DescribedError(message.failure));
  }

  #ping(): void {
    if (performance.now() - this.#answered > unresponsiveMs) {
      log.error("the delivering thread does not respond and is ended: a handler or a filter blocks it");
      void this.#thread?.terminate();
    } else this.#post("ping");
  }

  #failCalls(): void {
    for (const { reject } of this.#calls.values())
      reject(new StoreError("store_unavailable", "The delivering thread is not running"));
    this.#calls.clear();
  }
}
