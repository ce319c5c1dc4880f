import { maxBatchBytes, maxBatchEvents } from "@sessionhook/core/limits";
import { ReceiveError } from "./receive-error.js";

/** Runs a task after the pending I/O has been handled, without a timer if the runtime allows it. */
export type Defer = (task: () => void) => void;

const immediate = (globalThis as { setImmediate?: Defer }).setImmediate;
/** Called without a receiver: workerd's setImmediate throws when it is called as a method. */
export const systemDefer: Defer = (task) => void (immediate ?? setTimeout)(task);

export interface WriteQueueOptions {
  /** Maximum number of waiting events; one more is rejected. */
  readonly maxPending: number;
  readonly defer?: Defer | undefined;
  /**
   * Maximum number of concurrent batches. Default 1. With two, a writer in another thread or on a server stays busy
   * while this thread answers the previous batch.
   */
  readonly concurrency?: number | undefined;
  /**
   * Passes a batch on as soon as this many events wait. Default: only once the pending I/O has been
   * handled, which makes the batches larger; a writer in another thread would be idle meanwhile.
   */
  readonly handOverAt?: number | undefined;
  /** Called after each commit with the number of events and the duration in milliseconds. */
  readonly onCommit?: ((events: number, ms: number) => void) | undefined;
}

/** Writes a batch durably, all or nothing, and returns results in its order: a store, or a writer. */
export type AppendBatch<Item, Outcome> = (items: readonly Item[]) => Promise<readonly Outcome[]>;

/** The interface through which routes store messages. */
export interface QueuedWriter<Item, Outcome> {
  /** Number of items that are not yet durable; 0 if they are not counted. */
  readonly pending: number;
  /** Milliseconds since writes began to fail; undefined if the latest succeeded or the state is unknown. */
  readonly failingFor?: number | undefined;
  /** Resolves once the item is durable. */
  append(item: Item): Promise<Outcome>;
  /** Resolves when no items are waiting. */
  drain(): Promise<void>;
}

interface Pending<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: requests that arrive together are appended together and share one durable write. A single
 * request is written as soon as the event loop has handled the pending I/O; no timer delays it. The next batch
 * collects while others are being written.
 */
export class WriteQueue<Item extends { readonly raw: Uint8Array }, Outcome> implements QueuedWriter<
  Item,
  Outcome
> {
  readonly #append: AppendBatch<Item, Outcome>;
  readonly #options: WriteQueueOptions;
  readonly #defer: Defer;
  readonly #concurrency: number;
  readonly #handOverAt: number;
  #waiting: Pending<Item, Outcome>[] = [];
  #pending = 0;
  #failedAt: number | undefined;
  #scheduled = false;
  #underWay = 0;
  #drained: (() => void)[] = [];

  constructor(append: AppendBatch<Item, Outcome>, options: WriteQueueOptions) {
    this.#append = append;
    this.#options = options;
    this.#defer = options.defer ?? systemDefer;
    this.#concurrency = options.concurrency ?? 1;
    this.#handOverAt = options.handOverAt ?? Infinity;
  }

  /** Events that are not yet durable. */
  get pending(): number {
    return this.#pending;
  }

  /** Milliseconds since batches began to fail; undefined if the last one was written. */
  get failingFor(): number | undefined {
    return this.#failedAt === undefined ? undefined : performance.now() - this.#failedAt;
  }

  /**
   * Resolves once the event is durable.
   * @throws ReceiveError `overloaded` if the queue is full; the error of the batch if writing it failed
   */
  append(item: Item): Promise<Outcome> {
    if (this.#pending >= this.#options.maxPending) {
      return Promise.reject(
        new ReceiveError("overloaded", "Too many events are waiting to be stored; try again shortly"),
      );
    }
    this.#pending++;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#waiting.length >= this.#handOverAt && this.#underWay < this.#concurrency) this.#next();
      else this.#schedule();
    });
  }

  /** Resolves when no items are waiting. */
  async drain(): Promise<void> {
    while (this.#pending > 0) await new Promise<void>((resolve) => this.#drained.push(resolve));
  }

  /** Starts the next batch once the pending I/O has been handled, if the limit of concurrent batches allows it. */
  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0 || this.#underWay >= this.#concurrency) return;
    this.#scheduled = true;
    this.#defer(() => {
      this.#scheduled = false;
      if (this.#waiting.length > 0 && this.#underWay < this.#concurrency) this.#next();
      this.#schedule();
    });
  }

  #next(): void {
    this.#underWay++;
    void this.#commit(this.#takeBatch());
  }

  #takeBatch(): Pending<Item, Outcome>[] {
    let bytes = 0;
    let count = 0;
    for (const { item } of this.#waiting) {
      bytes += item.raw.length;
      if (count > 0 && (bytes > maxBatchBytes || count >= maxBatchEvents)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(batch: readonly Pending<Item, Outcome>[]): Promise<void> {
    const started = performance.now();
    try {
      const outcomes = await this.#append(batch.map(({ item }) => item));
      this.#failedAt = undefined;
      this.#options.onCommit?.(batch.length, performance.now() - started);
      batch.forEach(({ resolve }, i) => resolve(outcomes[i] as Outcome));
    } catch (error) {
      this.#failedAt = performance.now();
      for (const { reject } of batch) reject(error);
    }
    this.#pending -= batch.length;
    this.#underWay--;
    this.#schedule();
    if (this.#pending === 0) for (const resolve of this.#drained.splice(0)) resolve();
  }
}
