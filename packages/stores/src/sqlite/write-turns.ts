/** Longest wait for a writer: a thread that ended in the middle of a transaction does not delay the others for longer. SQLite's lock decides in any case. */
const patienceMs = 100;

const free = 0;
const writing = 1;

/**
 * Lets a thread with less urgent writes go behind the writer of new events in the same process. SQLite makes a connection
 * that finds another one writing sleep for whole milliseconds; here the thread continues as soon as the writer has committed.
 */
export class WriteTurns {
  readonly #cell: Int32Array;
  readonly #first: boolean;

  /**
   * @param buffer four zero bytes that the threads share
   * @param first true for the writer, which never waits here; there is one
   */
  constructor(buffer: SharedArrayBuffer, first: boolean) {
    this.#cell = new Int32Array(buffer);
    this.#first = first;
  }

  /** To be called before a transaction. */
  begin(): void {
    if (this.#first) Atomics.store(this.#cell, 0, writing);
    else Atomics.wait(this.#cell, 0, writing, patienceMs);
  }

  /** To be called after a transaction. */
  end(): void {
    if (!this.#first) return;
    Atomics.store(this.#cell, 0, free);
    Atomics.notify(this.#cell, 0);
  }
}
