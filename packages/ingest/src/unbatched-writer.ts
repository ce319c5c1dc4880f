import type { AppendBatch, QueuedWriter, WriteQueueOptions } from "./write-queue.js";

/**
 * Every event in a write of its own, begun and awaited by its own request. For workerd, where work goes on
 * only within the request that began it: a queue would be cancelled with the request that runs it, and all
 * who wait in it too. Nothing is counted that a cancelled request would leave counted.
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
