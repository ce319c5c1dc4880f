import type { ConfigWithFile, Settings } from "@sessionhook/app";
import type { DeliveryControl, EventLog } from "@sessionhook/core";
import { createDeliveryControl, type DeliveryEngine } from "@sessionhook/delivery/control";
import { openDeliveryStore } from "@sessionhook/stores";
import { createDrivers } from "./drivers.js";
import { inProcess } from "./in-process.js";
import { inThread } from "./in-thread.js";

/** Router and dispatcher of a server, wherever they run. */
export interface DeliveryRunner extends DeliveryEngine {
  start(): void;
  /** Call it after each commit of new events. */
  committed(): void;
  /** Waits up to `ms` for the sends that are under way; the others are sent again after the next start. */
  stop(ms: number): Promise<void>;
}

/** The deliveries of a server. */
export interface ServerDelivery extends Pick<DeliveryRunner, "start" | "committed" | "stop"> {
  readonly control: DeliveryControl;
}

export interface DeliveryEnvironment {
  readonly settings: Settings;
  readonly config: ConfigWithFile;
  readonly eventLog: EventLog;
  /** True if deliveries in a SQLite store run in a worker thread. */
  readonly ownThread: boolean;
  readonly onOutage: (reason: string | undefined) => void;
  /** Four zero bytes shared by the threads that write. */
  readonly turns: SharedArrayBuffer;
  /** Called when the write-ahead log should be copied into the database. */
  readonly onLongLog: () => void;
}

/**
 * Prepares the deliveries of a server; call `start` when the server listens, and `committed` after each commit. Without
 * destinations events are routed all the same. Returns undefined for a store that has no deliveries.
 */
export async function prepareDelivery(environment: DeliveryEnvironment): Promise<ServerDelivery | undefined> {
  const { settings, config, eventLog, ownThread, onOutage } = environment;
  const store = await openDeliveryStore(settings.store, eventLog, { onOutage });
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
      : inProcess({ config, drivers, eventLog, store });
  const destinations = drivers.map(({ options: { name }, type, driver: { target } }) => ({
    name,
    type,
    target,
  }));
  return {
    control: createDeliveryControl({ store, destinations, engine: runner }),
    start: () => runner.start(),
    committed: () => runner.committed(),
    stop: async (ms) => {
      await runner.stop(ms);
      await Promise.allSettled(drivers.map(({ driver }) => driver.close()));
      await store.close();
    },
  };
}
