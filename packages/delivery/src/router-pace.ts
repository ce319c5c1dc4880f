import { EventCost } from "./event-cost.js";

/** Bounds the work of a router beside messages that arrive in the same process. */
export interface PaceOptions {
  /** Returns a running number of the events that this process has stored. */
  readonly arrived: () => number;
  /** The part of the time, at most 1, that routing may take while messages arrive. */
  readonly share: number;
  /** The work of a router for which messages wait: its transactions, or all of it where both share one thread. */
  readonly blocks: "transactions" | "everything";
}

/** A batch that was routed. Times in milliseconds. */
export interface RoutedWork {
  readonly events: number;
  /** Duration of its transaction, and of everything, from reading the events on. */
  readonly transactionMs: number;
  readonly totalMs: number;
}

export const noWork: RoutedWork = { events: 0, transactionMs: 0, totalMs: 0 };

/** A step in which events that were routed before were written into the derived tables. Times in milliseconds. */
export interface DerivedWork {
  /** 0 if none was due. */
  readonly ms: number;
  /** Expected time for one event; undefined while it is not known. */
  readonly eventMs: number | undefined;
}

const nothingDerived: DerivedWork = { ms: 0, eventMs: undefined };

/** The share of a router that cannot keep up. */
const behindShare = 0.03;
/** Longest expected time for which messages wait for one batch, and longest pause between two batches. */
const [longestBatchMs, longestPauseMs] = [6, 500];
const smallestBatch = 10;
/** Most events that are routed in one transaction while messages can arrive. */
export const largestBatch = 100;
/** Longest expected time of a batch while none arrive, and most events: larger transactions take less work for each event. */
const [quietBatchMs, largestQuietBatch] = [30, 400];
/** Pause between two batches, so that events that arrive at short intervals share a transaction; longer for many. */
const [gatherMs, gatherManyMs, many] = [3, 10, 3];

/**
 * Decides how many events the router takes next, and when. It takes its share of the time while messages arrive, and all of it
 * when none do. When more arrive than that share can route, the router would only delay the messages and not keep up either:
 * then it takes a small part, and continues when fewer arrive.
 */
export class RouterPace {
  readonly #options: PaceOptions | undefined;
  readonly #elapsed: () => number;
  readonly #cost = new EventCost();
  #arrived: number;
  #lastAt: number;
  /** Events that arrived per millisecond between the last two batches. */
  #rate = 0;

  /**
   * @param options undefined where no messages arrive in this process, or it does not matter
   * @param elapsed a monotonic time in milliseconds
   */
  constructor(options: PaceOptions | undefined, elapsed: () => number) {
    this.#options = options;
    this.#elapsed = elapsed;
    this.#arrived = options?.arrived() ?? 0;
    this.#lastAt = elapsed();
  }

  /** True while no messages arrive, and one that does would wait for transactions only. */
  get quiet(): boolean {
    return this.#rate === 0 && this.#options?.blocks !== "everything";
  }

  /** The number of events to route in the next batch. */
  get batchSize(): number {
    if (this.quiet) return this.#cost.within(quietBatchMs, largestBatch, largestQuietBatch) ?? largestBatch;
    if (this.#rate === 0) return largestBatch;
    return this.#cost.within(longestBatchMs, smallestBatch, largestBatch) ?? largestBatch;
  }

  /**
   * Returns the pause after a batch, and the step of deriving that followed it, in milliseconds. Call it once for each
   * batch; with no events for one that waits until the events before are derived.
   */
  pauseAfter({ events, transactionMs, totalMs }: RoutedWork, derived = nothingDerived): number {
    const full = events >= this.batchSize;
    const ms = this.#options?.blocks === "transactions" ? transactionMs : totalMs;
    this.#cost.add(ms, events);
    this.#measureRate();
    const waits = events === 0 && derived.ms > 0;
    const share = this.#shareOf(full || waits, derived);
    const pause = Math.min(longestPauseMs, ((ms + derived.ms) * (1 - share)) / share);
    if (full || events === 0) return pause;
    return Math.max(pause, events < many ? gatherMs : gatherManyMs);
  }

  #shareOf(full: boolean, { eventMs = 0 }: DerivedWork): number {
    if (this.#options === undefined || this.#rate === 0) return 1;
    const { share } = this.#options;
    const needed = this.#rate * ((this.#cost.ms ?? 0) + eventMs);
    return full && needed > share ? Math.min(share, behindShare) : share;
  }

  #measureRate(): void {
    const [arrived, now] = [this.#options?.arrived() ?? 0, this.#elapsed()];
    // The running number has 32 bits.
    this.#rate = ((arrived - this.#arrived) >>> 0) / Math.max(now - this.#lastAt, 0.1);
    [this.#arrived, this.#lastAt] = [arrived, now];
  }
}
