import { beforeAbort } from "../net/abort.js";

/** https://docs.slack.dev/apis/web-api/rate-limits: one message a second for each incoming webhook. */
export const everyMs = 1000;

/**
 * Lets one caller through each second, in the order of the calls: a second after the one before has its answer, since a message can leave
 * later than it was let through. The limit is per process.
 */
export class OneASecond {
  #last: Promise<void> = Promise.resolve();
  #sentAt = Number.NEGATIVE_INFINITY;

  /** Resolves when the caller may send; rejects with the reason of the signal if it is aborted before. */
  turn(signal: AbortSignal): Promise<void> {
    const turn = this.#after(this.#last, signal);
    this.#last = turn;
    return beforeAbort(turn, signal);
  }

  /** To be called when a message has its answer. */
  answered(): void {
    this.#sentAt = performance.now();
  }

  async #after(last: Promise<void>, signal: AbortSignal): Promise<void> {
    await last;
    const wait = this.#sentAt + everyMs - performance.now();
    if (wait > 0 && !signal.aborted) await sleep(wait, signal);
    if (!signal.aborted) this.#sentAt = performance.now();
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
