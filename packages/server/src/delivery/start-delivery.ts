import type { ConfigWithFile, Settings } from "@sessionhook/app";
import type { DeliveryControl, EndedAttempt, EventLog, Outcome, ReplayPreview } from "@sessionhook/core";
import { openDeliveryStore, type StoreAddress } from "@sessionhook/stores";
import type { Outages } from "../outages.js";
import { assembleDelivery } from "./assemble.js";
import { DeliveryThread } from "./delivery-thread.js";

/** The deliveries of a server. */
export interface ServerDelivery {
  readonly control: DeliveryControl;
  /** Starts routing and delivering; call it when the server listens. */
  start(): Promise<void>;
  /** Call it after each commit of new events. */
  committed(): void;
  /** Waits up to `ms` for the sends that are under way; the others are sent again after the next start. */
  stop(ms: number): Promise<void>;
}

export interface DeliveryEnvironment {
  readonly settings: Settings;
  readonly config: ConfigWithFile;
  readonly eventLog: EventLog;
  /** True if deliveries in a SQLite store run in a worker thread. */
  readonly ownThread: boolean;
  readonly outages: Pick<Outages, "connection">;
  /** Four zero bytes shared by the threads that write. */
  readonly turns: SharedArrayBuffer;
  /** Called when the write-ahead log should be copied into the database. */
  readonly onLongLog: () => void;
}

/**
 * Prepares the deliveries of a server. Without destinations and retention nothing runs, but stored deliveries are shown.
 * Returns undefined for a store that has no deliveries.
 */
export async function prepareDelivery(environment: DeliveryEnvironment): Promise<ServerDelivery | undefined> {
  const { settings, config, eventLog, ownThread, outages, onLongLog, turns } = environment;
  const store = await openDeliveryStore(settings.store, eventLog, { onOutage: outages.connection() });
  if (store === undefined) return undefined;
  const { store: address, configFile, logLevel } = settings;
  const idle = config.destinations.length === 0 && config.retention.eventsMs === undefined;
  const inThread = !idle && ownThread && address.scheme === "sqlite";
  const presence = idle || inThread ? undefined : await presenceIn(address);
  const local = await assembleDelivery(config, eventLog, store, presence);
  // Before the first message arrives: a destination gets the events from its registration on.
  await store.register(
    config.destinations.map(({ options }) => options.name),
    Date.now(),
  );
  if (!inThread)
    return {
      control: local,
      start: () => (idle ? Promise.resolve() : local.start()),
      committed: () => (idle ? undefined : local.wakeRouter()),
      stop: async (ms) => {
        await local.stop(ms);
        presence?.close();
        await store.close();
      },
    };

  const listeners: ((attempts: readonly EndedAttempt[]) => void)[] = [];
  let thread: DeliveryThread | undefined;
  const running = (): DeliveryThread =>
    (thread ??= new DeliveryThread({
      path: address.path,
      configFile,
      logLevel,
      turns,
      outages,
      onLongLog,
      onAttempts: (attempts) => {
        for (const listener of listeners) listener(attempts);
      },
    }));
  const change = async (operation: "pause" | "resume", name: string) => {
    const known = await local[operation](name);
    thread?.wake();
    return known;
  };
  return {
    control: {
      ...local,
      pause: (name) => change("pause", name),
      resume: (name) => change("resume", name),
      test: (name) => running().call<Outcome>("test", name),
      dryRun: (spec) => running().call<ReplayPreview>("dryRun", spec),
      onAttempts: (listener) => void listeners.push(listener),
      wake: () => thread?.wake(),
    },
    start: async () => void running(),
    committed: () => thread?.committed(),
    stop: async (ms) => {
      await Promise.all([thread?.stop(ms), local.stop(ms)]);
      await store.close();
    },
  };
}

async function presenceIn(address: StoreAddress) {
  if (address.scheme !== "sqlite") return undefined;
  const { Presence } = await import("@sessionhook/stores/sqlite");
  return new Presence(address.path);
}
