import { type EndedAttempt, type Outcome, type ReplayPreview, StoreError } from "@sessionhook/core";
import { DeliveryThread } from "./delivery-thread.js";
import type { DeliveryEnvironment, DeliveryRunner } from "./delivery-runner.js";
import { runningConfig } from "./running-config.js";

/** Runs router and dispatcher of a SQLite file in a worker thread, which begins with the start or the first call. */
export function inThread(
  path: string,
  { settings, config: loaded, turns, outages, onLongLog }: DeliveryEnvironment,
): DeliveryRunner {
  const { logLevel } = settings;
  const config = runningConfig(loaded);
  const listeners: ((attempts: readonly EndedAttempt[]) => void)[] = [];
  let thread: DeliveryThread | undefined;
  let stopped = false;
  const running = (): DeliveryThread => {
    // A request that is under way when the app stops must not start a thread.
    if (stopped) throw new StoreError("store_unavailable", "The app is stopping");
    return (thread ??= new DeliveryThread({
      path,
      config,
      logLevel,
      turns,
      outages,
      onLongLog,
      onAttempts: (attempts) => {
        for (const listener of listeners) listener(attempts);
      },
    }));
  };
  return {
    start: () => void running(),
    committed: (events) => thread?.committed(events),
    wake: () => thread?.wake(),
    test: async (name) => running().call<Outcome>("test", name),
    dryRun: async (spec) => running().call<ReplayPreview>("dryRun", spec),
    onAttempts: (listener) => void listeners.push(listener),
    async stop(ms) {
      stopped = true;
      await thread?.stop(ms);
    },
  };
}
