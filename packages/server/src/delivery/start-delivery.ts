import type { DeliveryControl } from "@sessionhook/core";
import { createDeliveryControl } from "@sessionhook/delivery/control";
import { openDeliveryStore, type StoreAddress } from "@sessionhook/stores";
import type { DeliveryEnvironment, DeliveryRunner } from "./delivery-runner.js";
import { createDrivers } from "./drivers.js";
import { inProcess } from "./in-process.js";
import { inThread } from "./in-thread.js";

/** Time after which routing begins: the first messages do not wait while its code is loaded. */
const startAfterMs = 100;

/** The deliveries of a server. */
export interface ServerDelivery extends Pick<DeliveryRunner, "start" | "committed" | "stop"> {
  readonly control: DeliveryControl;
  /** Closes the store of the deliveries; call it after `stop`, when no request uses `control` any more. */
  close(): Promise<void>;
}

/**
 * Prepares the deliveries of a server; call `start` when the server listens, and `committed` after each commit. Without
 * destinations events are routed all the same. Returns undefined for a store that has no deliveries.
 */
export async function prepareDelivery(environment: DeliveryEnvironment): Promise<ServerDelivery | undefined> {
  const { settings, config, eventLog, ownThread, outages } = environment;
  const store = await openDeliveryStore(settings.store, eventLog, {
    alreadyChecked: true,
    onOutage: outages.connection(),
  });
  if (store === undefined) return undefined;
  // Before the first message arrives: a destination gets the events from its registration on.
  await store.register(
    config.destinations.map(({ options }) => options.name),
    Date.now(),
  );
  const drivers = await createDrivers(config);
  const { store: address } = settings;
  const runner =
    ownThread && address.scheme === "sqlite"
      ? inThread(address.path, environment)
      : inProcess({ config, drivers, eventLog, store, presence: await presenceIn(address) });
  const destinations = drivers.map(({ options: { name }, type, driver: { target } }) => ({
    name,
    type,
    target,
  }));
  let starting: NodeJS.Timeout | undefined;
  return {
    control: createDeliveryControl({ store, destinations, engine: runner }),
    start: () => void (starting ??= setTimeout(() => runner.start(), startAfterMs)),
    committed: (events) => runner.committed(events),
    stop: async (ms) => {
      clearTimeout(starting);
      await runner.stop(ms);
    },
    close: () => store.close(),
  };
}

async function presenceIn(address: StoreAddress) {
  if (address.scheme !== "sqlite") return undefined;
  const { Presence } = await import("@sessionhook/stores/sqlite");
  return new Presence(address.path);
}
