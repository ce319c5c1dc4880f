/** Events that are remembered, so that none is followed twice. */
const maxSeen = 200_000;

interface Entry {
  readonly key: string;
  readonly position: string;
  /** When it was first read, in milliseconds. */
  readonly at: number;
}

/**
 * Remembers which events were read, and from where to read again. The newest event is always read again: if it is not there,
 * the log is another one (a store in memory after a restart, a restored backup). Stores in which events can appear late
 * (DynamoDB) are read again from where events have settled.
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

  /** Starts to read after a position; what was seen remains known. */
  restart(base: string): void {
    this.base = base;
    this.#entries = [];
  }

  /** Starts another round of reading after `base`. */
  beginRound(): void {
    this.#entries = [];
  }

  /** Takes note of an event in the order of the log; returns whether it is new. */
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
