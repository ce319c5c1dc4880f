import { ReceiveError } from "./receive-error.js";

/** Runs a task after the I/O that is ready now has been handled, without a timer where the runtime can. */
export type Defer = (task: () => void) => void;

const immediate = (globalThis as { setImmediate?: Defer }).setImmediate;
/** Called without a receiver: workerd's setImmediate throws when it is called as a method. */
export const systemDefer: Defer = (task) => void (immediate ?? setTimeout)(task);

export interface WriteQueueOptions {
  /** How many events may wait; one more is refused. */
  readonly maxPending: number;
  readonly defer?: Defer | undefined;
  /**
   * How many batches may be under way at a time. Default 1. Two keep a writer busy that works elsewhere (another
   * thread, a server) while this one answers the batch before.
   */
  readonly concurrency?: number | undefined;
  /**
   * Hands a batch over as soon as this many events wait. Default: only once the I/O that is ready now has been
   * handled, which makes the batches larger; where another thread writes, it would stand still meanwhile.
   */
  readonly handOverAt?: number | undefined;
  /** Told after each commit: how many events it held, and how long it took in milliseconds. */
  readonly onCommit?: ((events: number, ms: number) => void) | undefined;
}

/** Most events and bytes of one batch; more wait for the next. */
const maxBatchEvents = 512;
const maxBatchBytes = 16 * 1024 * 1024;

/** Writes a batch durably, all or nothing, and answers in its order: a store, or a writer. */
export type AppendBatch<Item, Outcome> = (items: readonly Item[]) => Promise<readonly Outcome[]>;

/** How routes have messages kept. */
export interface QueuedWriter<Item, Outcome> {
  /** Items that are not yet durable, as far as they are counted. */
  readonly pending: number;
  /** Milliseconds since items could not be kept; undefined when the latest could, or where that is not known. */
  readonly failingFor?: number | undefined;
  /** Resolves once the item is durable. */
  append(item: Item): Promise<Outcome>;
  /** Resolves when nothing is waiting any more. */
  drain(): Promise<void>;
}

interface Pending<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: requests that arrive together are appended together and share one durable write. A lone
 * request is written as soon as the event loop has handled what is ready; no timer delays it. While
 * batches are being written the next one gathers.
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

  /** Milliseconds since the last batch could not be written; undefined when it could. */
  get failingFor(): number | undefined {
    return this.#failedAt === undefined ? undefined : performance.now() - this.#failedAt;
  }

  /**
   * Resolves once the event is durable.
   * @throws ReceiveError `overloaded` when the queue is full; whatever the batch throws when it could not be written
   */
  append(item: Item): Promise<Outcome> {
    if (this.#pending >= this.#options.maxPending) {
      return Promise.reject(
        new ReceiveError("overloaded", "Too many events are waiting to be kept; try again shortly"),
      );
    }
    this.#pending++;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#waiting.length >= this.#handOverAt && this.#underWay < this.#concurrency) this.#next();
      else this.#schedule();
    });
  }

  /** Resolves when nothing is waiting any more. */
  async drain(): Promise<void> {
    while (this.#pending > 0) await new Promise<void>((resolve) => this.#drained.push(resolve));
  }

  /** Takes the next batch once the I/O that is ready now has been handled, if one more may be under way. */
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
