import type { EndedAttempt, Outcome, ReplayPreview } from "@sessionhook/core";
import { DeliveryThread } from "./delivery-thread.js";
import type { DeliveryEnvironment, DeliveryRunner } from "./delivery-runner.js";

/** Runs router and dispatcher of a SQLite file in a worker thread, which begins with the start or the first call. */
export function inThread(
  path: string,
  { settings, turns, outages, onLongLog }: DeliveryEnvironment,
): DeliveryRunner {
  const { configFile, logLevel } = settings;
  const listeners: ((attempts: readonly EndedAttempt[]) => void)[] = [];
  let thread: DeliveryThread | undefined;
  const running = (): DeliveryThread =>
    (thread ??= new DeliveryThread({
      path,
      configFile,
      logLevel,
      turns,
      outages,
      onLongLog,
      onAttempts: (attempts) => {
        for (const listener of listeners) listener(attempts);
      },
    }));
  return {
    start: () => void running(),
    committed: (events) => thread?.committed(events),
    wake: () => thread?.wake(),
    test: (name) => running().call<Outcome>("test", name),
    dryRun: (spec) => running().call<ReplayPreview>("dryRun", spec),
    onAttempts: (listener) => void listeners.push(listener),
    stop: async (ms) => thread?.stop(ms),
  };
}
