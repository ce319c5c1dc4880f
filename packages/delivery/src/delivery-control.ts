import type { ConfiguredDestination, DeliveryControl, DeliveryStore } from "@sessionhook/core";
import { type Clock, systemClock } from "./clock.js";
import { DestinationStates } from "./dispatch/destination-states.js";
import { pause, resume } from "./policy/hold.js";

/** The running deliveries of a process, in whichever thread they are. */
export type DeliveryEngine = Pick<DeliveryControl, "test" | "dryRun" | "wake" | "onAttempts">;

export interface DeliveryControlOptions {
  readonly store: DeliveryStore;
  readonly destinations: readonly ConfiguredDestination[];
  readonly engine: DeliveryEngine;
  readonly clock?: Clock | undefined;
}

/** Creates what operates the deliveries of a store; it loads neither router nor dispatcher, filters only when they are checked. */
export function createDeliveryControl(options: DeliveryControlOptions): DeliveryControl {
  const { store, destinations, engine, clock = systemClock } = options;
  const states = new DestinationStates(store);

  async function change(name: string, to: typeof pause): Promise<boolean> {
    const known = (await store.destinations()).some((row) => row.name === name);
    if (known) await states.update(name, (state) => to(state, clock.now()));
    engine.wake();
    return known;
  }

  return {
    store,
    destinations: () => destinations,
    pause: (name) => change(name, pause),
    resume: (name) => change(name, resume),
    async discard(name) {
      const configured = destinations.some((one) => one.name === name);
      const known = (await store.destinations()).some((row) => row.name === name);
      if (configured || !known) return false;
      const { discardOpen } = await import("./discard.js");
      await discardOpen(store, name, clock);
      return true;
    },
    async checkWhen(expression) {
      const { checkFilter } = await import("./filter/compile-filter.js");
      return checkFilter(expression);
    },
    test: (name) => engine.test(name),
    dryRun: (spec) => engine.dryRun(spec),
    wake: () => engine.wake(),
    onAttempts: (listener) => engine.onAttempts(listener),
  };
}
