import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import { SettingsError } from "@sessionhook/app";
import { ConfigurationError, type EndedAttempt, type ReplaySpec } from "@sessionhook/core";
import { describeError } from "@sessionhook/ingest";
import { openSqliteDeliveryStore, openSqliteStore, Presence, WriteTurns } from "@sessionhook/stores/sqlite";
import { startLogging } from "../logging.js";
import { assembleDelivery } from "./assemble.js";
import { createDrivers } from "./drivers.js";
import { lowerPriority } from "./lower-priority.js";
import type { DeliveryMessage, DeliveryRequest, ThreadData } from "./messages.js";
import { ChangedConfigError, loadRunningConfig } from "./running-config.js";

/**
 * Entry point of the thread that routes and delivers. It has its own connections to the store, so that a slow filter,
 * handler or destination delays neither answers nor writes of new events.
 */
const { path, config: running, logLevel, turns, news: shared } = workerData as ThreadData;
const port = parentPort;
if (port === null) throw new Error("delivering-thread runs as a worker thread only");
const post = (message: DeliveryMessage) => port.postMessage(message);
const news = new Int32Array(shared);
/** Pages in the log from which it is copied, and how often they are counted. */
const manyPages = 4000;
const countEveryMs = 500;
/** Ended attempts are collected for this time and reported together, in milliseconds. */
const reportMs = 500;

await startLogging(logLevel as Parameters<typeof startLogging>[0]);
const { config, destinations } = await configured();
// The writer has the log copied, so that no two threads do.
const options = { path, alreadyChecked: true, autoCheckpoint: false, turns: new WriteTurns(turns, false) };
const eventLog = await openSqliteStore({
  ...options,
  onOutage: (outage) => post({ of: "events", outage }),
}).catch(giveUp);
const store = await openSqliteDeliveryStore({
  ...options,
  onOutage: (outage) => post({ of: "deliveries", outage }),
}).catch(giveUp);
const presence = new Presence(path);
const delivery = assembleDelivery({
  config,
  destinations,
  eventLog,
  store,
  presence,
  // The writer and this thread take turns at writing.
  pace: { arrived: () => Atomics.load(news, 1), share: 1 / 2, blocks: "transactions" },
  // While the router pauses, nothing need wake this thread.
  hooks: { onRead: () => void Atomics.store(news, 0, 0) },
});

let attempts: EndedAttempt[] = [];
delivery.onAttempts((ended) => {
  if (attempts.length === 0) setTimeout(report, reportMs);
  attempts.push(...ended);
});

port.on("message", (request: DeliveryRequest) => {
  if (request === "routed") delivery.wakeRouter();
  else if (request === "wake") delivery.wake();
  else if (request === "ping") post("pong");
  else if ("stop" in request) void stop(request.stop);
  else void answer(request);
});
setInterval(() => {
  if ((eventLog.pagesToCheckpoint() ?? 0) >= manyPages) post("long log");
}, countEveryMs);
await delivery.start().catch(giveUp);
// Not before: on a busy machine the start would take many times as long, and what a killed process left would wait.
lowerPriority();
post("running");

/** Loads the configuration and creates the drivers; ends the thread with a report if that is not possible. */
async function configured() {
  try {
    const config = await loadRunningConfig(running, process.env);
    return { config, destinations: await createDrivers(config) };
  } catch (error) {
    // Their messages contain no secret.
    const known =
      error instanceof SettingsError ||
      error instanceof ChangedConfigError ||
      ConfigurationError.isInstance(error);
    if (!known) return giveUp(error);
    post({ unusable: error.message });
    return process.exit(1);
  }
}

/** Ends the thread with a report. Thrown here, the error would pass for one of a function of the configuration file. */
function giveUp(error: unknown): never {
  post({ failed: describeError(error) });
  return process.exit(1);
}

function report(): void {
  post({ attempts });
  attempts = [];
}

async function answer({
  call,
  method,
  argument,
}: Exclude<DeliveryRequest, string | { stop: number }>): Promise<void> {
  try {
    const value =
      method === "test"
        ? await delivery.test(argument as string)
        : await delivery.dryRun(argument as ReplaySpec);
    post({ answer: call, value });
  } catch (error) {
    post({ answer: call, failure: describeError(error) });
  }
}

async function stop(ms: number): Promise<void> {
  await delivery.stop(ms);
  presence.close();
  if (attempts.length > 0) report();
  await store.close();
  await eventLog.close();
  process.exit(0);
}
