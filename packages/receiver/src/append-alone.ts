import type { AppendOutcome, EventStore, NewEvent } from "@sessionhook/core";
import type { Appender, AppendQueueOptions } from "./append-queue.js";

/**
 * Every event in a write of its own, begun and awaited by its own request. For runtimes that forbid a
 * request to wait for another's promise, and that drop a request half way without a word: what such a
 * request leaves behind must hold up and count for nobody else, so nothing is counted here.
 */
export class AppendAlone implements Appender {
  readonly pending = 0;
  readonly #store: EventStore;
  readonly #onCommit: AppendQueueOptions["onCommit"];

  constructor(store: EventStore, { onCommit }: Pick<AppendQueueOptions, "onCommit">) {
    this.#store = store;
    this.#onCommit = onCommit;
  }

  async append(event: NewEvent): Promise<AppendOutcome> {
    const started = performance.now();
    const [outcome] = await this.#store.append([event]);
    this.#onCommit?.(1, performance.now() - started);
    return outcome as AppendOutcome;
  }

  async drain(): Promise<void> {
    // Requests wait for their own writes.
  }
}
