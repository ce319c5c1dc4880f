/** Longest wait for the other side: a thread that ended in the middle of a transaction does not delay the others for longer. SQLite's lock decides in any case. */
const patienceMs = 100;

const [free, writing] = [0, 1];
/** The cells of the writer and of the others. */
const [writer, others] = [0, 1];

/**
 * Lets threads with less urgent writes take turns with the writer of new events in the same process, behind it. SQLite makes a
 * connection that finds another one writing sleep for whole milliseconds; here a thread continues as soon as the other has committed.
 */
export class WriteTurns {
  readonly #cells: Int32Array;
  readonly #first: boolean;

  /**
   * @param buffer eight zero bytes that the threads share
   * @param first true for the writer, for which the others wait; there is one
   */
  constructor(buffer: SharedArrayBuffer, first: boolean) {
    this.#cells = new Int32Array(buffer);
    this.#first = first;
  }

  /** To be called before a transaction. */
  begin(): void {
    if (this.#first) Atomics.store(this.#cells, writer, writing);
    const before = this.#first ? others : writer;
    // What an ended thread has left is no reason to wait a second time.
    if (Atomics.wait(this.#cells, before, writing, patienceMs) === "timed-out") this.#free(before);
    if (!this.#first) Atomics.store(this.#cells, others, writing);
  }

  /** To be called after a transaction. */
  end(): void {
    this.#free(this.#first ? writer : others);
  }

  #free(cell: number): void {
    Atomics.store(this.#cells, cell, free);
    Atomics.notify(this.#cells, cell);
  }
}
