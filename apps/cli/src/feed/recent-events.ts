import { type FeedEvent, keyOf } from "./feed-event.js";
import type { Start } from "./start.js";

/** Events that have been read, so that none is yielded twice. */
const maxSeen = 200_000;

interface Seen {
  readonly position: string;
  /** Time of the first read, in milliseconds. */
  readonly at: number;
}

/**
 * Records which events were read, and the position to read again from. The newest event is always read again: if it is
 * missing, it is deleted, or the log is another one (a store in memory after a restart, a restored backup). In a store where
 * events can appear late (DynamoDB), reading starts again at the position below which no event can appear any more.
 */
export class RecentEvents {
  /** Position to read after. */
  base: string;
  /** Position after which every event that was read is known. */
  #start: string;
  #entries: Seen[] = [];
  readonly #seen = new Map<string, Seen>();

  /** @param now in milliseconds */
  constructor({ after, newest }: Start, now: number) {
    this.base = after;
    this.#start = after;
    if (newest !== undefined) this.add(newest, now, Number.POSITIVE_INFINITY);
  }

  /** True if the next round reads an event again, unless it is missing. */
  get readsAgain(): boolean {
    return this.#entries.length > 0;
  }

  /** Returns whether an event was read before, at this position: then the log is the same. */
  has(event: FeedEvent): boolean {
    return this.#seen.get(keyOf(event))?.position === event.position;
  }

  /** Begins to read again before the first known event, or at the start of the log; known events remain known. */
  restart(at: "first known event" | "start of the log"): void {
    this.base = at === "first known event" ? this.#start : "";
    this.#entries = [];
  }

  /** Starts another round of reading after `base`. */
  beginRound(): void {
    this.#entries = [];
  }

  /** Records an event, in the order of the log; returns whether it is new. */
  add(event: FeedEvent, now: number, settleMs: number): boolean {
    const key = keyOf(event);
    const known = this.#seen.get(key);
    const entry = { position: event.position, at: known?.at ?? now };
    this.#seen.set(key, entry);
    if (this.#seen.size > maxSeen) this.#forgetOldest();
    this.#entries.push(entry);
    let settled = 0;
    while (settled < this.#entries.length - 1 && (this.#entries[settled] as Seen).at + settleMs <= now)
      settled++;
    if (settled > 0) {
      this.base = (this.#entries[settled - 1] as Seen).position;
      this.#entries = this.#entries.slice(settled);
    }
    return known === undefined;
  }

  #forgetOldest(): void {
    const [oldest] = this.#seen;
    if (oldest === undefined) return;
    const [key, { position }] = oldest;
    this.#seen.delete(key);
    this.#start = position;
  }
}
