import type { AppendBatch, QueuedWriter, WriteQueueOptions } from "./write-queue.js";

/**
 * Writes each event separately, from the request that received it. For workerd, where work continues
 * only within the request that started it: a queue would be cancelled with the request that runs it, together with all
 * requests waiting in it. It has no counters, because a cancelled request would never decrement them.
 */
export class UnbatchedWriter<Item, Outcome> implements QueuedWriter<Item, Outcome> {
  readonly pending = 0;
  readonly #append: AppendBatch<Item, Outcome>;
  readonly #onCommit: WriteQueueOptions["onCommit"];

  constructor(append: AppendBatch<Item, Outcome>, { onCommit }: Pick<WriteQueueOptions, "onCommit">) {
    this.#append = append;
    this.#onCommit = onCommit;
  }

  async append(item: Item): Promise<Outcome> {
    const started = performance.now();
    const [outcome] = await this.#append([item]);
    this.#onCommit?.(1, performance.now() - started);
    return outcome as Outcome;
  }

  async drain(): Promise<void> {
    // Requests wait for their own writes.
  }
}
