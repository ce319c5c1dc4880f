import { errorCode, log } from "./log.js";

const firstMs = 100;
const longestMs = 5000;

/** Waits between attempts to use a store that fails, and logs the beginning and the end of the outage once. */
export class Backoff {
  readonly #what: string;
  #ms = 0;

  /** @param what what fails, as a sentence begins: `Routing` */
  constructor(what: string) {
    this.#what = what;
  }

  get failing(): boolean {
    return this.#ms > 0;
  }

  /** Returns how long to wait, in milliseconds. */
  failed(error: unknown): number {
    if (this.#ms === 0)
      log.error("{what} failed and is tried again: {code}", { what: this.#what, code: errorCode(error) });
    this.#ms = Math.min(longestMs, Math.max(firstMs, this.#ms * 2));
    return this.#ms;
  }

  succeeded(): void {
    if (this.#ms > 0) log.info("{what} works again", { what: this.#what });
    this.#ms = 0;
  }
}
