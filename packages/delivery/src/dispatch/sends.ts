import type { ClaimedDelivery, Outcome } from "@sessionhook/core";
import type { Clock } from "../clock.js";
import type { ConfiguredDriver } from "../destination-options.js";
import { graceMs, sendWithin } from "./send-within.js";

/** A delivery that this process has claimed. */
export interface Item {
  readonly claim: ClaimedDelivery;
  /** Of `clock.elapsed`. */
  readonly claimedAt: number;
  /** True if it is the one attempt that a cooling or blocked destination gets. */
  readonly probe: boolean;
  /** True if its lease is lost: it belongs to another process. */
  lost: boolean;
}

/** A call of the driver that has ended. */
export interface EndedSend {
  readonly items: readonly Item[];
  readonly outcomes: readonly Outcome[];
  readonly abandoned: boolean;
  readonly startedAt: number;
  readonly durationMs: number;
}

/** The calls of a driver that are under way. */
export class Sends {
  readonly #driver: ConfiguredDriver;
  readonly #clock: Clock;
  readonly #onEnd: (send: EndedSend) => void;
  readonly #running = new Map<AbortController, readonly Item[]>();

  constructor(driver: ConfiguredDriver, clock: Clock, onEnd: (send: EndedSend) => void) {
    this.#driver = driver;
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  get count(): number {
    return this.#running.size;
  }

  start(items: readonly Item[]): void {
    void this.#run(items);
  }

  /** Aborts all calls. */
  abort(): void {
    for (const controller of this.#running.keys()) controller.abort();
  }

  /** Aborts the calls whose items are all lost. */
  abortLost(): void {
    for (const [controller, items] of this.#running) if (items.every(({ lost }) => lost)) controller.abort();
  }

  async #run(items: readonly Item[]): Promise<void> {
    const controller = new AbortController();
    this.#running.set(controller, items);
    const startedAt = this.#clock.now();
    const began = this.#clock.elapsed();
    const sent = items.map(({ claim: { id, attempts, replay, event, facts } }) => ({
      deliveryId: id,
      attempt: attempts,
      replay,
      event,
      facts,
    }));
    const { timeoutMs } = this.#driver.options;
    const limits = { clock: this.#clock, timeoutMs, graceMs, signal: controller.signal };
    const result = await sendWithin(this.#driver.driver, sent, limits);
    this.#running.delete(controller);
    const durationMs = Math.round(this.#clock.elapsed() - began);
    this.#onEnd({ items, ...result, startedAt, durationMs });
  }
}
