import { log, reasonOf } from "./log.js";

const firstMs = 100;
const longestMs = 5000;

/** Computes growing pauses while a store fails, and logs the beginning and the end of the outage once each. */
export class Backoff {
  readonly #what: string;
  #ms = 0;

  /** @param what name of the work, with which its log lines begin: `Routing` */
  constructor(what: string) {
    this.#what = what;
  }

  get failing(): boolean {
    return this.#ms > 0;
  }

  /** Records a failure; returns the pause before the next attempt in milliseconds. */
  failed(error: unknown): number {
    if (this.#ms === 0)
      log.error("{what} failed and is tried again: {reason}", { what: this.#what, reason: reasonOf(error) });
    this.#ms = Math.min(longestMs, Math.max(firstMs, this.#ms * 2));
    return this.#ms;
  }

  /** Records a success: the next failure starts with the shortest pause. */
  succeeded(): void {
    if (this.#ms > 0) log.info("{what} works again", { what: this.#what });
    this.#ms = 0;
  }
}
