import type { Clock } from "./clock.js";

/** A sleep that ends at a given time of `clock.elapsed` or with `wake`, whichever comes first. A wake before the sleep ends it at once. */
export class Wakeup {
  readonly #clock: Clock;
  #awake = false;
  #end: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wake(): void {
    this.#awake = true;
    this.#end?.();
  }

  async sleepUntil(at: number): Promise<void> {
    if (!this.#awake)
      await new Promise<void>((resolve) => {
        const { after, elapsed } = this.#clock;
        const cancel = Number.isFinite(at) ? after(at - elapsed(), resolve) : () => {};
        this.#end = () => {
          cancel();
          resolve();
        };
      });
    this.#end = undefined;
    this.#awake = false;
  }
}
