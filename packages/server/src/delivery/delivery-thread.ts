import { Worker } from "node:worker_threads";
import { getLogger } from "@logtape/logtape";
import { type EndedAttempt, StoreError } from "@sessionhook/core";
import { DescribedError, describeError, type ErrorDescription } from "@sessionhook/ingest";
import { endThread } from "../end-thread.js";
import type { Outages, ReportOutage } from "../outages.js";
import { StuckThread } from "../stuck-thread.js";
import type {
  CalledMethod,
  DeliveryMessage,
  DeliveryRequest,
  ThreadConnection,
  ThreadData,
} from "./messages.js";
import { StartFailures } from "./start-failures.js";

const log = getLogger(["sessionhook", "delivery"]);

/** Times in milliseconds. */
export interface ThreadTimes {
  readonly pingMs: number;
  /** A thread that answers no ping for this long is ended and restarted: a handler or a filter blocks it. */
  readonly unresponsiveMs: number;
  /** Pause before a thread that has ended is restarted. */
  readonly restartMs: number;
  /** Longest pause while the thread cannot start; each is twice as long as the one before. */
  readonly longestRestartMs: number;
  /** For the thread to close its stores when it stops, and again for its end when it does not. */
  readonly closeMs: number;
}

const defaultTimes: ThreadTimes = {
  pingMs: 5000,
  unresponsiveMs: 60_000,
  restartMs: 1000,
  longestRestartMs: 60_000,
  closeMs: 2000,
};

export interface DeliveryThreadOptions extends Omit<ThreadData, "news"> {
  readonly onAttempts: (attempts: readonly EndedAttempt[]) => void;
  readonly outages: Pick<Outages, "connection">;
  /** Called when the write-ahead log should be copied into the database. */
  readonly onLongLog: () => void;
  readonly times?: ThreadTimes | undefined;
}

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Runs router and dispatcher in a worker thread, and restarts it when it ends or no longer responds. */
export class DeliveryThread {
  readonly #options: DeliveryThreadOptions;
  readonly #times: ThreadTimes;
  readonly #outages: Record<ThreadConnection, ReportOutage>;
  /** 1 from a `routed` message to the thread until its router reads new events, and the running number of the events that were stored. */
  readonly #news = new Int32Array(new SharedArrayBuffer(8));
  readonly #calls = new Map<number, Call>();
  readonly #pinging: NodeJS.Timeout;
  #called = 0;
  #thread: Worker | undefined;
  /** Pings since the thread has sent anything. A time would count those for which this thread was stopped itself. */
  #unanswered = 0;
  #stopping = false;
  /** True from the thread's report that it routes and delivers. */
  #runs = false;
  /** True after the thread was ended because it did not respond. It ends only when its call of the system returns. */
  #terminated = false;
  /** The reason for the end of a thread that has not run. */
  #problem: readonly [message: string, properties: Record<string, unknown>] | undefined;
  readonly #failures = new StartFailures("the delivery thread runs again");

  constructor(options: DeliveryThreadOptions) {
    this.#options = options;
    this.#times = options.times ?? defaultTimes;
    this.#outages = { events: options.outages.connection(), deliveries: options.outages.connection() };
    this.#thread = this.#start();
    this.#pinging = setInterval(() => this.#ping(), this.#times.pingMs);
    this.#pinging.unref();
  }

  /** Notifies the thread of new events; call it after each commit. Sends no message while the router has not read since the last one. */
  committed(events: number): void {
    Atomics.add(this.#news, 1, events);
    if (Atomics.exchange(this.#news, 0, 1) === 0) this.#post("routed");
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

  /**
   * Waits up to `ms` for the sends that are under way, and ends the thread.
   * @throws StuckThread if it does not end
   */
  async stop(ms: number): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#pinging);
    const thread = this.#thread;
    if (thread === undefined) return;
    this.#post({ stop: ms });
    const { closeMs } = this.#times;
    const end = await endThread(thread, { graceMs: ms + closeMs, endMs: closeMs });
    if (end === "stuck") throw new StuckThread("delivery");
  }

  #post(request: DeliveryRequest): void {
    this.#thread?.postMessage(request);
  }

  #start(): Worker {
    const { path, config, logLevel, turns } = this.#options;
    const workerData: ThreadData = {
      path,
      config,
      logLevel,
      turns,
      news: this.#news.buffer as SharedArrayBuffer,
    };
    // The thread must not inherit the flags of the process.
    const thread = new Worker(new URL("./delivering-thread.js", import.meta.url), {
      workerData,
      execArgv: [],
    });
    this.#unanswered = 0;
    this.#runs = this.#terminated = false;
    this.#problem = undefined;
    Atomics.store(this.#news, 0, 0);
    thread.on("message", (message: DeliveryMessage) => this.#receive(message));
    thread.on("error", (error) => {
      if (this.#runs) log.error("the delivery thread failed", describeError(error));
      else this.#reportFailed(describeError(error));
    });
    thread.on("exit", () => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      for (const report of Object.values(this.#outages)) report(undefined);
      this.#failCalls();
      if (this.#stopping) return;
      this.#logEnd();
      const { restartMs, longestRestartMs } = this.#times;
      setTimeout(
        () => {
          if (!this.#stopping) this.#thread = this.#start();
        },
        this.#failures.pause(restartMs, longestRestartMs),
      ).unref();
    });
    return thread;
  }

  #receive(message: DeliveryMessage): void {
    this.#unanswered = 0;
    if (message === "running") return this.#reportRunning();
    if (message === "pong") return;
    if (message === "long log") return this.#options.onLongLog();
    if ("unusable" in message) return this.#reportUnusable(message.unusable);
    if ("failed" in message) return this.#reportFailed(message.failed);
    if ("attempts" in message) return this.#options.onAttempts(message.attempts);
    if ("outage" in message) return this.#outages[message.of](message.outage);
    const call = this.#calls.get(message.answer);
    this.#calls.delete(message.answer);
    if ("value" in message) call?.resolve(message.value);
    else call?.reject(new DescribedError(message.failure));
  }

  #logEnd(): void {
    if (this.#runs)
      log.error("the delivery thread ended and is restarted; the deliveries it was sending are sent again");
    else {
      const [message, properties] = this.#problem ?? [
        "the delivery thread ended before it was running; this is tried again",
        {},
      ];
      this.#failures.failed(message, properties);
    }
  }

  #reportRunning(): void {
    this.#runs = true;
    this.#failures.over();
  }

  #reportFailed(error: ErrorDescription): void {
    this.#problem = ["the delivery thread cannot start; this is tried again", error];
  }

  #reportUnusable(problem: string): void {
    const { file } = this.#options.config;
    this.#problem = [
      "nothing is delivered: the configuration file, or a file that it names, has changed since the app was started; check it and restart the app",
      { file, problem },
    ];
  }

  #ping(): void {
    const { pingMs, unresponsiveMs } = this.#times;
    if (this.#thread === undefined) return;
    if (this.#unanswered * pingMs >= unresponsiveMs) {
      if (this.#terminated) return;
      this.#terminated = true;
      log.error("the delivery thread does not respond and is ended: a handler or a filter blocks it");
      void this.#thread.terminate();
    } else {
      this.#unanswered++;
      this.#post("ping");
    }
  }

  #failCalls(): void {
    for (const { reject } of this.#calls.values())
      reject(new StoreError("store_unavailable", "The delivery thread is not running"));
    this.#calls.clear();
  }
}
