import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { StoreError } from "@sessionhook/core";
import type { Delivery, Keeper, Kept } from "@sessionhook/receiver";
import { type KeeperAnswer, type KeeperRequest, packBatch } from "./keeper-messages.js";

export interface WorkerKeeperOptions {
  /** Address of the store; it must be one that several connections can share. */
  readonly address: string;
  readonly onInvalid: "quarantine" | "reject";
}

/**
 * A keeper whose work is done by another thread: while it parses and waits for the disk, this one goes on
 * answering requests. One batch is under way at a time. A thread that ends unexpectedly fails its batch (nothing was
 * acknowledged) and is replaced at the next one.
 */
export class WorkerKeeper implements Keeper {
  readonly #options: WorkerKeeperOptions;
  #worker: Worker | undefined;
  #answer: ((answer: KeeperAnswer) => void) | undefined;

  constructor(options: WorkerKeeperOptions) {
    this.#options = options;
    this.#worker = this.#spawn();
  }

  async keep(deliveries: readonly Delivery[]): Promise<readonly Kept[]> {
    const worker = (this.#worker ??= this.#spawn());
    const batch = packBatch(deliveries);
    const answer = await new Promise<KeeperAnswer>((resolve) => {
      this.#answer = resolve;
      worker.postMessage(batch satisfies KeeperRequest, [batch.bytes]);
    });
    if ("failure" in answer) throw new StoreError("store_unavailable", answer.failure);
    return answer.kept;
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
    const worker = new Worker(new URL("./keeper-worker.js", import.meta.url), { workerData: this.#options });
    const settle = (answer: KeeperAnswer) => {
      const resolve = this.#answer;
      this.#answer = undefined;
      resolve?.(answer);
    };
    worker.on("message", settle);
    const lost = () => {
      if (this.#worker === worker) this.#worker = undefined;
      settle({ failure: "the writing thread ended unexpectedly" });
    };
    worker.on("error", lost);
    worker.on("exit", lost);
    return worker;
  }
}
