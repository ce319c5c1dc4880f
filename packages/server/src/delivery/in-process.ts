import { setTimeout } from "node:timers/promises";
import type { LoadedConfig } from "@sessionhook/app";
import type { DeliveryStore, EndedAttempt, EventLog } from "@sessionhook/core";
import type { ConfiguredDriver, Delivery, Presence } from "@sessionhook/delivery";
import { describeError, loadOnce } from "@sessionhook/ingest";
import type { DeliveryRunner } from "./delivery-runner.js";
import { StartFailures } from "./start-failures.js";

/** Pause after a start that failed, and the longest; each is twice as long as the one before. */
const [restartMs, longestRestartMs] = [1000, 60_000];

export interface InProcessOptions {
  readonly config: LoadedConfig;
  readonly drivers: readonly ConfiguredDriver[];
  readonly eventLog: EventLog;
  readonly store: DeliveryStore;
  readonly presence: (Presence & { close(): void }) | undefined;
}

/** Runs router and dispatcher in this thread. Their code is loaded with the start or the first call, not before listening. */
export function inProcess({ config, drivers, eventLog, store, presence }: InProcessOptions): DeliveryRunner {
  const listeners: ((attempts: readonly EndedAttempt[]) => void)[] = [];
  const stopping = new AbortController();
  let delivery: Delivery | undefined;
  let arrived = 0;
  let starting: Promise<void> | undefined;
  const loaded = loadOnce(async () => {
    const { assembleDelivery } = await import("./assemble.js");
    const pace = { arrived: () => arrived, share: 1 / 3, blocks: "everything" } as const;
    delivery = assembleDelivery({ config, destinations: drivers, eventLog, store, presence, pace });
    for (const listener of listeners) delivery.onAttempts(listener);
    return delivery;
  });

  async function start(): Promise<void> {
    const failures = new StartFailures("the deliveries have been started");
    while (!stopping.signal.aborted) {
      try {
        const loadedDelivery = await loaded();
        if (!stopping.signal.aborted) await loadedDelivery.start();
        failures.over();
        return;
      } catch (error) {
        const pause = failures.pause(restartMs, longestRestartMs);
        failures.failed("the deliveries could not be started; this is tried again", describeError(error));
        await setTimeout(pause, undefined, stopping).catch(() => undefined);
      }
    }
  }

  return {
    start: () => void (starting ??= start()),
    committed(events) {
      arrived += events;
      delivery?.wakeRouter();
    },
    wake: () => delivery?.wake(),
    test: async (name) => (await loaded()).test(name),
    dryRun: async (spec) => (await loaded()).dryRun(spec),
    onAttempts(listener) {
      listeners.push(listener);
      delivery?.onAttempts(listener);
    },
    async stop(ms) {
      stopping.abort();
      await starting;
      await delivery?.stop(ms);
      presence?.close();
    },
  };
}
