import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { StoreError } from "@sessionhook/core";
import type { Delivery, Keeper, Kept } from "@sessionhook/receiver";
import { type KeeperAnswer, type KeeperRequest, packBatch, unpackKept } from "./keeper-messages.js";

export interface WorkerKeeperOptions {
  /** Address of the store; it must be one that several connections can share. */
  readonly address: string;
  readonly onInvalid: "quarantine" | "reject";
}

/**
 * A keeper whose work is done by another thread: while it parses and waits for the disk, this one goes on
 * answering requests. A thread that ends unexpectedly fails what it was given (nothing was acknowledged) and is
 * replaced at the next batch.
 */
export class WorkerKeeper implements Keeper {
  /** One batch being written and one on its way to the thread, so that it never waits for this one. */
  readonly concurrency = 2;
  readonly #options: WorkerKeeperOptions;
  #worker: Worker | undefined;
  /** Who waits for an answer, in the order the thread will give them. */
  #waiting: ((answer: KeeperAnswer) => void)[] = [];

  constructor(options: WorkerKeeperOptions) {
    this.#options = options;
    this.#worker = this.#spawn();
  }

  async keep(deliveries: readonly Delivery[]): Promise<readonly Kept[]> {
    const worker = (this.#worker ??= this.#spawn());
    const batch = packBatch(deliveries);
    const answer = await new Promise<KeeperAnswer>((resolve) => {
      this.#waiting.push(resolve);
      worker.postMessage(batch satisfies KeeperRequest, [batch.bytes]);
    });
    if ("failure" in answer) throw new StoreError("store_unavailable", answer.failure);
    return unpackKept(answer);
  }

  /** Lets the thread close its store and end. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    const exit = once(worker, "exit");
    worker.postMessage("close" satisfies KeeperRequest);
    await exit;
  }

  #spawn(): Worker {
    const worker = new Worker(new URL("./keeper-worker.js", import.meta.url), {
      workerData: this.#options,
      // The flags of the process are not those of the thread: it needs none.
      execArgv: [],
    });
    worker.on("message", (answer: KeeperAnswer) => this.#waiting.shift()?.(answer));
    const lost = () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      const failure = "the writing thread ended unexpectedly";
      for (const settle of this.#waiting.splice(0)) settle({ failure });
    };
    worker.on("error", lost);
    worker.on("exit", lost);
    return worker;
  }
}
