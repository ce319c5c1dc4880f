/** A thread that ended in the middle of its turn does not hold up the others for longer. SQLite's lock decides in any case. */
const patienceMs = 100;

const free = 0;
const taken = 1;
const awaited = 2;

/**
 * Lets the threads of one process write in turn. SQLite alone makes a connection that finds another one writing sleep for
 * whole milliseconds; here the next thread continues as soon as the transaction before it ends.
 */
export class WriteTurns {
  readonly #cell: Int32Array;

  /** @param buffer four zero bytes that the threads share */
  constructor(buffer: SharedArrayBuffer) {
    this.#cell = new Int32Array(buffer);
  }

  /** Waits for the turn of this thread. */
  take(): void {
    if (Atomics.compareExchange(this.#cell, 0, free, taken) === free) return;
    const until = performance.now() + patienceMs;
    while (Atomics.exchange(this.#cell, 0, awaited) !== free) {
      const left = until - performance.now();
      if (left <= 0) return;
      Atomics.wait(this.#cell, 0, awaited, left);
    }
  }

  /** Ends the turn and wakes one thread that waits. */
  release(): void {
    if (Atomics.exchange(this.#cell, 0, free) === awaited) Atomics.notify(this.#cell, 0, 1);
  }
}
