import { resolve } from "node:path";
import process from "node:process";
import { defaultHost, defaultPort, stopTimeoutMs } from "@sessionhook/core/limits";
import { getLogger } from "@logtape/logtape";
import { ConfigurationError, type EventLog, SigningSecrets, StoreError } from "@sessionhook/core";
import { isLoopbackName } from "@sessionhook/ingest";
import { type App, createApp, type Settings, SettingsError } from "@sessionhook/app";
import {
  dataFolderOf,
  defaultStoreAddress,
  openStore,
  type StoreAddress,
  type StoreObserver,
} from "@sessionhook/stores";
import { loadConfigFile } from "./config-file.js";
import { loadCredentials, type StoredCredentials } from "./credentials.js";
import { fileErrorCode, reasonOf, userId } from "./file-error.js";
import { listen } from "./listen.js";
import { type LiveCredentials, rereadOnHangup } from "./live-credentials.js";
import type { Listener, Serve } from "./serve.js";
import { explain } from "./startup-error.js";
import { readSettingsAndFiles } from "./secret-files.js";
import { startLogging } from "./logging.js";
import { Outages } from "./outages.js";
import { onSignal } from "./shutdown.js";
import { renderStartScreen } from "./start-screen.js";
import { ThreadWriter } from "./writer/thread-writer.js";
import { withOwnNames } from "./own-names.js";
import { watchLog } from "./watch-log.js";

export interface StartOptions {
  /**
   * Parse events and write SQLite in a worker thread, so that reads are not blocked by disk writes. On Deno that
   * would require a read permission for the code. Default false.
   */
  readonly writerThread?: boolean;
  /** Longest time for which the runtime can leave idle connections open. Default: any. */
  readonly maxKeepAliveSeconds?: number;
}

const log = getLogger(["sessionhook", "app"]);

/**
 * Reads the environment and starts receiver and inbox on one listener. An invalid setting or an unusable
 * store ends the process with a message that names it and exit code 1.
 */
export async function start(serve: Serve, options: StartOptions = {}): Promise<void> {
  try {
    await run(serve, options);
  } catch (error) {
    process.stderr.write(`sessionhook: ${explain(error)}\n`);
    process.exit(1);
  }
}

async function run(serve: Serve, options: StartOptions): Promise<void> {
  const { writerThread = false, maxKeepAliveSeconds = Infinity } = options;
  const settings = readSettingsAndFiles(process.env);
  if (settings.keepAliveSeconds > maxKeepAliveSeconds) {
    const message = `must be at most ${maxKeepAliveSeconds} on this runtime; Node and Deno have no such limit`;
    throw new SettingsError([{ name: "SESSIONHOOK_KEEP_ALIVE_SECONDS", message }]);
  }
  await loadConfigFile(settings.configFile, process.env);
  await startLogging(settings.logLevel);
  const stored =
    settings.secrets === undefined || settings.adminToken === undefined
      ? loadCredentials(dataFolderOf(settings.store))
      : undefined;
  const adminToken = settings.adminToken ?? (stored as StoredCredentials).adminToken;
  const secrets = settings.secrets ?? storedSecrets(stored as StoredCredentials);
  const live: LiveCredentials = { secrets, adminToken };
  const hangupRereads = rereadOnHangup(process.env, live);
  const warnings: string[] = [];
  const warn = (warning: string) => {
    warnings.push(warning);
    log.warn("the operator should look after a file", { warning });
  };
  if (stored?.warning !== undefined) warn(stored.warning);
  const outages = new Outages();
  const store = await open(settings.store, {
    onOutage: (reason) => outages.report("reading", reason),
    onWarning: warn,
  });
  const writer = writerThread ? writerFor(settings, outages) : undefined;
  watchLog(() => store.logBytes);

  const loopback = isLoopbackName(settings.host);
  const app = createApp({
    ...settings,
    store,
    writer,
    secrets: () => live.secrets,
    adminToken: () => live.adminToken,
    openMetrics: loopback,
  });

  const closeStores = async () => {
    await writer?.close();
    await store.close();
  };
  let { port } = settings;
  const fetch = loopback ? withOwnNames(app, () => port) : app.fetch;
  const listener = await listen(serve, { fetch, intake: app.intake }, settings).catch(
    async (error: unknown) => {
      await closeStores();
      throw error;
    },
  );
  ({ port } = listener);
  onSignal(["SIGTERM", "SIGINT", ...(hangupRereads ? [] : (["SIGHUP"] as const))], (signal) =>
    stop(signal, listener, app, closeStores),
  );

  const origin = `http://${reachableHost(settings.host)}:${port}`;
  const screen = renderStartScreen({
    origin,
    basePath: settings.basePath,
    // Standard output that is no terminal is a log, which others than the owner may read.
    loginPath: process.stdout.isTTY ? app.createLoginPath() : undefined,
    store: settings.storeText,
    credentialsFile: stored?.file,
    credentialsCreated: stored?.created === true,
    ownSecret: settings.secrets === undefined,
    cliEnvironment: cliEnvironment(settings, port),
    warnings,
  });
  process.stdout.write(screen);
}

function storedSecrets({ signingSecret, file }: StoredCredentials): SigningSecrets {
  try {
    return new SigningSecrets(signingSecret);
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    throw new SettingsError([{ name: file, message: error.message }]);
  }
}

async function open(address: StoreAddress, observer: StoreObserver): Promise<EventLog> {
  try {
    return await openStore(address, observer);
  } catch (error) {
    if (ConfigurationError.isInstance(error))
      throw new SettingsError([{ name: "SESSIONHOOK_STORE", message: error.message }]);
    if (!StoreError.isInstance(error) || address.scheme !== "sqlite") throw error;
    throw new StoreError(error.code, storeFailure(error, resolve(address.path)), { cause: error });
  }
}

function storeFailure({ message, cause }: StoreError, path: string): string {
  if (fileErrorCode(cause) !== undefined) return `${path} or its folder cannot be used: ${reasonOf(cause)}`;
  return `${message} (${[path, userId()].filter((part) => part !== undefined).join(", ")})`;
}

/** Returns a writer in a worker thread for SQLite. A store in memory can only be written in this thread. */
function writerFor({ store, onInvalid }: Settings, outages: Outages): ThreadWriter | undefined {
  if (store.scheme !== "sqlite") return undefined;
  const options = { path: store.path, onInvalid };
  return new ThreadWriter(options, (reason) => outages.report("writing", reason));
}

async function stop(
  signal: string,
  listener: Listener,
  app: App,
  closeStores: () => Promise<void>,
): Promise<void> {
  log.info("stopping", { signal });
  await listener.stop(stopTimeoutMs);
  await app.drain();
  await closeStores();
  log.info("stopped");
}

/** Returns the settings that the CLI needs because they differ from the defaults. */
function cliEnvironment(settings: Settings, port: number): Record<string, string> {
  return {
    ...(settings.host === defaultHost ? {} : { HOST: settings.host }),
    ...(port === defaultPort ? {} : { PORT: String(port) }),
    ...(settings.storeText === defaultStoreAddress ? {} : { SESSIONHOOK_STORE: settings.storeText }),
    ...(settings.basePath === "" ? {} : { SESSIONHOOK_BASE_PATH: settings.basePath }),
  };
}

/** An address a browser on this machine can open. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
