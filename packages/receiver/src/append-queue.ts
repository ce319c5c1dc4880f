import type { AppendOutcome, EventStore, NewEvent } from "@sessionhook/core";
import { ReceiveError } from "./receive-error.js";

/** Runs a task after the I/O that is ready now has been handled, without a timer where the runtime can. */
export type Defer = (task: () => void) => void;

const immediate = (globalThis as { setImmediate?: Defer }).setImmediate;
export const systemDefer: Defer = immediate ?? ((task) => void setTimeout(task, 0));

export interface AppendQueueOptions {
  /** How many events may wait; one more is refused. */
  readonly maxPending: number;
  readonly defer?: Defer | undefined;
  /** Told after each commit: how many events it held, and how long it took in milliseconds. */
  readonly onCommit?: ((events: number, ms: number) => void) | undefined;
}

/** Most events and bytes of one batch; more wait for the next. */
const maxBatchEvents = 512;
const maxBatchBytes = 16 * 1024 * 1024;

interface Pending {
  readonly event: NewEvent;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: requests that arrive together are appended together and share one durable write. A lone
 * request is written as soon as the event loop has handled what is ready; no timer delays it. While a
 * batch is being written the next one gathers.
 */
export class AppendQueue {
  readonly #store: EventStore;
  readonly #options: AppendQueueOptions;
  readonly #defer: Defer;
  #waiting: Pending[] = [];
  #pending = 0;
  #running: Promise<void> | undefined;
  #failedAt: number | undefined;

  constructor(store: EventStore, options: AppendQueueOptions) {
    this.#store = store;
    this.#options = options;
    this.#defer = options.defer ?? systemDefer;
  }

  /** Events that are not yet durable. */
  get pending(): number {
    return this.#pending;
  }

  /** Milliseconds since the last batch could not be written; undefined when it could. */
  get failingFor(): number | undefined {
    return this.#failedAt === undefined ? undefined : performance.now() - this.#failedAt;
  }

  /**
   * Resolves once the event is durable.
   * @throws ReceiveError `overloaded` when the queue is full; whatever the store throws when it could not write
   */
  append(event: NewEvent): Promise<AppendOutcome> {
    if (this.#pending >= this.#options.maxPending) {
      return Promise.reject(
        new ReceiveError("overloaded", "Too many events are waiting to be kept; try again shortly"),
      );
    }
    this.#pending++;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is waiting any more. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await new Promise<void>((resolve) => this.#defer(resolve));
      await this.#commit(this.#takeBatch());
    }
    this.#running = undefined;
  }

  #takeBatch(): Pending[] {
    let bytes = 0;
    let count = 0;
    for (const { event } of this.#waiting) {
      bytes += event.raw.length;
      if (count > 0 && (bytes > maxBatchBytes || count >= maxBatchEvents)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(batch: readonly Pending[]): Promise<void> {
    const started = performance.now();
    try {
      const outcomes = await this.#store.append(batch.map(({ event }) => event));
      this.#failedAt = undefined;
      this.#options.onCommit?.(batch.length, performance.now() - started);
      batch.forEach(({ resolve }, i) => resolve(outcomes[i] as AppendOutcome));
    } catch (error) {
      this.#failedAt = performance.now();
      for (const { reject } of batch) reject(error);
    } finally {
      this.#pending -= batch.length;
    }
  }
}
