/** Events that have been read, so that none is yielded twice. */
const maxSeen = 200_000;

interface Entry {
  readonly key: string;
  readonly position: string;
  /** Time of the first read, in milliseconds. */
  readonly at: number;
}

/**
 * Records which events were read, and the position to read again from. The newest event is always read again: if it is
 * missing, the log is another one (a store in memory after a restart, a restored backup). In a store where events can appear
 * late (DynamoDB), reading starts again at the position below which no event can appear any more.
 */
export class RecentEvents {
  /** Position to read after. */
  base: string;
  #entries: Entry[] = [];
  readonly #seen = new Map<string, number>();

  constructor(base: string) {
    this.base = base;
  }

  /** The key of the event that must be read again. */
  get anchor(): string | undefined {
    return this.#entries.at(-1)?.key;
  }

  /** Starts to read after a position; events that were read remain known. */
  restart(base: string): void {
    this.base = base;
    this.#entries = [];
  }

  /** Starts another round of reading after `base`. */
  beginRound(): void {
    this.#entries = [];
  }

  /** Records an event, in the order of the log; returns whether it is new. */
  add(key: string, position: string, now: number, settleMs: number): boolean {
    const known = this.#seen.get(key);
    if (known === undefined) {
      this.#seen.set(key, now);
      const oldest = this.#seen.keys().next();
      if (this.#seen.size > maxSeen && oldest.done !== true) this.#seen.delete(oldest.value);
    }
    this.#entries.push({ key, position, at: known ?? now });
    let settled = 0;
    while (settled < this.#entries.length - 1 && (this.#entries[settled] as Entry).at + settleMs <= now)
      settled++;
    if (settled > 0) {
      this.base = (this.#entries[settled - 1] as Entry).position;
      this.#entries = this.#entries.slice(settled);
    }
    return known === undefined;
  }
}
