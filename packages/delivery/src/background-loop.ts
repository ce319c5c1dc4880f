import { Backoff } from "./backoff.js";
import type { Clock } from "./clock.js";
import { Wakeup } from "./wakeup.js";

export interface LoopOptions {
  /** Name of the work, with which its log lines begin: `Routing`. */
  readonly what: string;
  readonly clock: Clock;
  /** Does the work that is due; returns the time of the next turn, of `clock.elapsed`: the time of day can be set. */
  readonly turn: () => Promise<number>;
  /** Called after a failed turn. */
  readonly onFailure?: () => void;
}

/** Repeats a task: at the time that it returned, when woken, and after a failure with growing pauses. Never throws. */
export class BackgroundLoop {
  readonly #backoff: Backoff;
  readonly #options: LoopOptions;
  readonly #wakeup: Wakeup;
  #running: Promise<void> | undefined;
  #stopping = false;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.what);
    this.#wakeup = new Wakeup(options.clock);
  }

  start(): void {
    this.#stopping = false;
    this.#running ??= this.#run();
  }

  wake(): void {
    this.#wakeup.wake();
  }

  /** Waits for a wake or until a time of `clock.elapsed`. For callers that run turns without the loop. */
  sleepUntil(at: number): Promise<void> {
    return this.#wakeup.sleepUntil(at);
  }

  /** Ends the loop; resolves when the turn under way has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wakeup.wake();
    await this.#running;
    this.#running = undefined;
  }

  async #run(): Promise<void> {
    const { clock, turn, onFailure } = this.#options;
    while (!this.#stopping) {
      try {
        const next = await turn();
        this.#backoff.succeeded();
        await this.#wakeup.sleepUntil(next);
      } catch (error) {
        const until = clock.elapsed() + this.#backoff.failed(error);
        onFailure?.();
        while (!this.#stopping && clock.elapsed() < until) await this.#wakeup.sleepUntil(until);
      }
    }
  }
}
