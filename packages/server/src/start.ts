import process from "node:process";
import { durationText } from "@sessionhook/app/load-config";
import { unsupportedNode } from "@sessionhook/app/node-version";
import { tokenWarning } from "@sessionhook/app/settings";
import { stopTimeoutMs } from "@sessionhook/core/limits";
import { getLogger } from "@logtape/logtape";
import { describeError, isLoopbackName } from "@sessionhook/ingest";
import { type App, createApp, type Settings, SettingsError } from "@sessionhook/app";
import { loadConfigFile } from "./config-file.js";
import { prepareDelivery } from "./delivery/start-delivery.js";
import { listen } from "./listen.js";
import { rereadOnHangup } from "./live-credentials.js";
import { cliEnvironment, commandLine, localOrigin } from "./local-address.js";
import { startLogging } from "./logging.js";
import { openStores } from "./open-stores.js";
import { withOwnNames } from "./own-names.js";
import { privacyOf } from "./privacy.js";
import { readSettingsAndFiles } from "./secret-files.js";
import type { Serve } from "./serve.js";
import { settleAll } from "./settle-all.js";
import { onSignal } from "./shutdown.js";
import { startCredentials } from "./start-credentials.js";
import { renderStartScreen } from "./start-screen.js";
import { systemInfo } from "./system-info.js";
import { explain } from "./startup-error.js";
import { watchLog } from "./watch-log.js";
import { within } from "./within.js";

export interface StartOptions {
  /**
   * Parse events and write SQLite in a worker thread, so that reads are not blocked by disk writes. On Deno that
   * would require a read permission for the code. Default false.
   */
  readonly writerThread?: boolean;
  /** Longest time for which the runtime can leave idle connections open. Default: any. */
  readonly maxKeepAliveSeconds?: number;
  /** Warnings of the runtime for the operator. */
  readonly warnings?: readonly string[];
  /** Renders what is printed once the app listens. Default: where things are and what to do next. */
  readonly screen?: (running: RunningApp) => string;
}

/** A listening app, as seen from this machine. */
export interface RunningApp {
  /** Such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /** Path of a link that signs in once, within 15 minutes. */
  readonly loginPath: string;
}

const log = getLogger(["sessionhook", "app"]);
/** Messages come first. */
const preloadAfterMs = 2000;
/** Time for the last messages of requests that have ended, after the time for requests. */
const drainMs = 2000;

/**
 * Reads the environment and starts receiver and inbox on one listener. An invalid setting or an unusable
 * store ends the process with a message that names it and exit code 1.
 */
export async function start(serve: Serve, options: StartOptions = {}): Promise<void> {
  // It would name only the first module that it lacks.
  const unsupported = unsupportedNode(process.versions.node);
  if (unsupported !== undefined) fail(unsupported);
  try {
    await run(serve, options);
  } catch (error) {
    fail(explain(error));
  }
}

async function run(serve: Serve, options: StartOptions): Promise<void> {
  const { writerThread = false, maxKeepAliveSeconds = Infinity } = options;
  const settings = readSettingsAndFiles(process.env);
  checkKeepAlive(settings, maxKeepAliveSeconds);
  const config = await loadConfigFile(settings.configFile, process.env);
  await startLogging(settings.logLevel);
  const { live, stored } = startCredentials(settings);
  const hangupRereads = rereadOnHangup(process.env, live);
  const warnings: string[] = [];
  const warn = (warning: string) => {
    warnings.push(warning);
    log.warn("{warning}", { warning });
  };
  for (const warning of options.warnings ?? []) warn(warning);
  if (stored?.warning !== undefined) warn(stored.warning);
  const loopback = isLoopbackName(settings.host);
  const weak = loopback ? undefined : tokenWarning(settings.adminToken);
  if (weak !== undefined) warn(weak);
  const stores = await openStores(settings, { writerThread, onWarning: warn });
  watchLog(() => stores.store.logBytes);

  const delivery = await stores.closeOnFailure(
    prepareDelivery({
      settings,
      config,
      eventLog: stores.store,
      ownThread: writerThread,
      outages: stores.outages,
      onLongLog: stores.checkpoint,
      turns: stores.turns,
    }),
  );
  /** Waits for the end of the sends and closes the stores. */
  const close = async (sending = delivery?.stop(stopTimeoutMs)) => {
    stores.outages.end();
    // At the same time: a disk that does not respond holds up both threads.
    const stopped = settleAll([sending, stores.writer?.close()]);
    await stopped.catch(() => undefined);
    await settleAll([stopped, delivery?.close(), stores.close()]);
  };

  let { port } = settings;
  const app = createApp({
    ...settings,
    store: stores.store,
    facts: stores.facts,
    loadFactsOf: async () => (await import("@sessionhook/core/facts")).factsOf,
    privacy: privacyOf(settings.store, stores.store),
    delivery: delivery?.control,
    onCommit: (events) => delivery?.committed(events),
    writer: stores.writer,
    secrets: () => live.secrets,
    adminToken: () => live.adminToken,
    openMetrics: loopback,
    system: {
      ...systemInfo({ settings, configFile: config.file, startedAt: Date.now() }),
      commandLine: () => commandLine(cliEnvironment(settings, port)),
    },
  });

  const fetch = loopback ? withOwnNames(app, () => port) : app.fetch;
  const listener = await listen(serve, { fetch, intake: app.intake }, settings).catch(
    async (error: unknown) => {
      // The first error is the cause.
      await close().catch(() => undefined);
      throw error;
    },
  );
  ({ port } = listener);
  onSignal(["SIGTERM", "SIGINT", ...(hangupRereads ? [] : (["SIGHUP"] as const))], async (signal) => {
    log.info("stopping", { signal });
    // At the same time as the requests: one after the other they could take longer than a supervisor waits.
    const sending = delivery?.stop(stopTimeoutMs);
    const since = performance.now();
    // `close` reports the failure, after the requests.
    sending?.catch(() => undefined);
    await listener.stop(stopTimeoutMs);
    // Every request has been answered or broken off: a message that is not stored by then was not acknowledged.
    await within(stopTimeoutMs + drainMs - (performance.now() - since), app.drain());
    await close(sending);
    log.info("stopped");
  });
  delivery?.start();

  const origin = localOrigin(settings.host, port);
  setTimeout(() => void preload(app), preloadAfterMs).unref();
  if (options.screen !== undefined) {
    process.stdout.write(options.screen({ origin, loginPath: await app.createLoginPath() }));
    return;
  }
  const { eventsMs } = config.retention;
  const screen = renderStartScreen({
    origin,
    basePath: settings.basePath,
    // Output that does not go to a terminal is a log, which others than the owner may read.
    loginPath: process.stdout.isTTY ? await app.createLoginPath() : undefined,
    store: settings.storeText,
    destinations: config.destinations.map(({ options: { name } }) => name),
    retention: eventsMs === undefined ? undefined : durationText(eventsMs),
    credentialsFile: stored?.file,
    credentialsCreated: stored?.created === true,
    secretSetting: settings.secrets && setAs("SESSIONHOOK_SECRETS"),
    tokenSetting: settings.adminToken && setAs("SESSIONHOOK_ADMIN_TOKEN"),
    cliEnvironment: cliEnvironment(settings, port),
    warnings,
  });
  process.stdout.write(screen);
}

/** Returns the name under which a secret setting is set. */
function setAs(name: string): string {
  return process.env[`${name}_FILE`] === undefined ? name : `${name}_FILE`;
}

/** So that the first page is not slow, and an upgrade that replaces the files of a running app does not mix two versions. */
async function preload(app: App): Promise<void> {
  try {
    await app.preload();
  } catch (error) {
    log.error("the API or the pages could not be loaded", describeError(error));
  }
}

function fail(message: string): never {
  process.stderr.write(`sessionhook: ${message}\n`);
  process.exit(1);
}

function checkKeepAlive({ keepAliveSeconds }: Settings, maxSeconds: number): void {
  if (keepAliveSeconds <= maxSeconds) return;
  const message = `must be at most ${maxSeconds} on this runtime; Node and Deno have no such limit`;
  throw new SettingsError([{ name: "SESSIONHOOK_KEEP_ALIVE_SECONDS", message }]);
}
