import type { LoadedConfig } from "@sessionhook/app";
import { getLogger } from "@logtape/logtape";
import type { DeliveryStore, EndedAttempt, EventLog } from "@sessionhook/core";
import type { ConfiguredDriver, Delivery } from "@sessionhook/delivery";
import { describeError } from "@sessionhook/ingest";
import type { DeliveryRunner } from "./delivery-runner.js";

const log = getLogger(["sessionhook", "delivery"]);

export interface InProcessOptions {
  readonly config: LoadedConfig;
  readonly drivers: readonly ConfiguredDriver[];
  readonly eventLog: EventLog;
  readonly store: DeliveryStore;
}

/** Runs router and dispatcher in this thread. Their code is loaded with the start or the first call, not before listening. */
export function inProcess({ config, drivers, eventLog, store }: InProcessOptions): DeliveryRunner {
  const listeners: ((attempts: readonly EndedAttempt[]) => void)[] = [];
  let delivery: Delivery | undefined;
  let loading: Promise<Delivery> | undefined;
  let stopping = false;
  const loaded = () => (loading ??= load());

  async function load(): Promise<Delivery> {
    const { assembleDelivery } = await import("./assemble.js");
    delivery = assembleDelivery(config, drivers, eventLog, store);
    for (const listener of listeners) delivery.onAttempts(listener);
    return delivery;
  }

  async function start(): Promise<void> {
    const loadedDelivery = await loaded();
    if (!stopping) await loadedDelivery.start();
  }

  return {
    start: () =>
      void start().catch((error: unknown) =>
        log.error("the deliveries could not be started", describeError(error)),
      ),
    committed: () => delivery?.wakeRouter(),
    wake: () => delivery?.wake(),
    test: async (name) => (await loaded()).test(name),
    dryRun: async (spec) => (await loaded()).dryRun(spec),
    onAttempts(listener) {
      listeners.push(listener);
      delivery?.onAttempts(listener);
    },
    async stop(ms) {
      stopping = true;
      await (await loading)?.stop(ms);
    },
  };
}
