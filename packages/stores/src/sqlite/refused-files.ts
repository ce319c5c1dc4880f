/** The longest pause before the same files are tried again. */
const longestPauseMs = 60_000;

/**
 * Remembers the files that could not be opened, and pauses longer after each attempt on the same files, because checking a
 * whole database takes long.
 */
export class RefusedFiles {
  readonly #firstPauseMs: number;
  #files = "";
  #times = 0;
  #until = 0;

  constructor(firstPauseMs: number) {
    this.#firstPauseMs = firstPauseMs;
  }

  /** Returns false while the pause after the last attempt on these files lasts. */
  mayTry(fingerprint: string): boolean {
    return fingerprint !== this.#files || performance.now() >= this.#until;
  }

  add(fingerprint: string): void {
    this.#times = fingerprint === this.#files ? this.#times + 1 : 1;
    this.#files = fingerprint;
    this.#until = performance.now() + Math.min(2 ** (this.#times - 1) * this.#firstPauseMs, longestPauseMs);
  }
}
