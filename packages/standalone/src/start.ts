import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { getLogger } from "@logtape/logtape";
import { ConfigurationError, type EventStore, SigningSecrets, StoreError } from "@sessionhook/core";
import { createInbox } from "@sessionhook/inbox";
import {
  createReceiver,
  describeError,
  parseConfigFile,
  readSettings,
  type Settings,
  SettingsError,
} from "@sessionhook/receiver";
import { openStore } from "@sessionhook/stores";
import { dataFolder, keepCredentials, type KeptCredentials } from "./credentials.js";
import { startLogging } from "./logging.js";
import { onSignal } from "./shutdown.js";
import { renderStartScreen } from "./start-screen.js";

/** A running HTTP listener. */
export interface Listener {
  readonly port: number;
  /** Stops accepting, lets requests under way finish for at most `graceMs`, then closes every connection. */
  stop(graceMs: number): Promise<void>;
}

/** How a runtime serves a fetch handler. Rejects when it cannot listen. */
export type Serve = (
  fetch: (request: Request) => Response | Promise<Response>,
  address: { hostname: string; port: number },
) => Promise<Listener>;

/** How long requests under way may take to finish when the app is told to stop. */
const graceMs = 10_000;
const log = getLogger(["sessionhook", "app"]);

/**
 * Starts receiver and inbox on one listener: environment → wiring → serve. A bad setting or an unusable
 * store ends the process with a message that names it and exit code 1.
 */
export async function start(serve: Serve): Promise<void> {
  try {
    await run(serve);
  } catch (error) {
    process.stderr.write(`sessionhook: ${explain(error)}\n`);
    process.exit(1);
  }
}

async function run(serve: Serve): Promise<void> {
  const settings = readSettings(process.env);
  readConfig(settings.configFile);
  await startLogging(settings.logLevel);
  const kept =
    settings.secrets === undefined || settings.adminToken === undefined
      ? keepCredentials(dataFolder(settings.store))
      : undefined;
  const adminToken = settings.adminToken ?? (kept as KeptCredentials).adminToken;
  const secrets = settings.secrets ?? new SigningSecrets((kept as KeptCredentials).signingSecret);
  const store = await open(settings.store);

  const receiver = createReceiver({
    ...settings,
    store,
    secrets,
    adminToken,
    openMetrics: isLoopback(settings.host),
  });
  const onError = (error: unknown) => log.error("a page could not be made", describeError(error));
  const inbox = createInbox({ store, adminToken, onError });
  receiver.app.route("/", inbox.app);

  const listener = await listen(serve, receiver.app.fetch, settings, store);
  onSignal((signal) => stop(signal, listener, receiver, store));

  const origin = `http://${reachableHost(settings.host)}:${listener.port}`;
  const screen = renderStartScreen({
    origin,
    loginPath: inbox.createLoginPath(),
    store: settings.store,
    credentialsFile: kept?.file,
    credentialsCreated: kept?.created === true,
    ownSecret: settings.secrets === undefined,
    cliEnvironment: cliEnvironment(settings, listener.port),
  });
  process.stdout.write(screen);
}

async function open(address: string): Promise<EventStore> {
  try {
    return await openStore(address);
  } catch (error) {
    if (ConfigurationError.isInstance(error))
      throw new SettingsError([{ name: "SESSIONHOOK_STORE", message: error.message }]);
    throw error;
  }
}

function readConfig(named: string | undefined): void {
  const file = named ?? "sessionhook.config.json";
  if (named === undefined && !existsSync(file)) return;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new SettingsError([
      {
        name: named === undefined ? file : "SESSIONHOOK_CONFIG",
        message: "names a file that cannot be read",
      },
    ]);
  }
  parseConfigFile(text, file);
}

async function listen(
  serve: Serve,
  fetch: Parameters<Serve>[0],
  settings: Settings,
  store: EventStore,
): Promise<Listener> {
  try {
    return await serve(fetch, { hostname: settings.host, port: settings.port });
  } catch (error) {
    await store.close();
    const code = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    const reason = code === "EADDRINUSE" ? "another program listens there; choose another PORT" : code;
    throw new SettingsError([
      { name: "HOST, PORT", message: `cannot listen on ${settings.host} port ${settings.port}: ${reason}` },
    ]);
  }
}

async function stop(
  signal: string,
  listener: Listener,
  receiver: { drain(): Promise<void> },
  store: EventStore,
): Promise<void> {
  log.info("stopping", { signal });
  await listener.stop(graceMs);
  await receiver.drain();
  await store.close();
  log.info("stopped");
}

function explain(error: unknown): string {
  if (SettingsError.isInstance(error))
    return `cannot start with these settings\n${error.message.replaceAll(/^/gm, "  ")}`;
  if (StoreError.isInstance(error)) return `cannot open the store (${error.code}): ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What the CLI must be told where it differs from the defaults. */
function cliEnvironment(settings: Settings, port: number): Record<string, string> {
  return {
    ...(settings.host === "127.0.0.1" ? {} : { HOST: settings.host }),
    ...(port === 8787 ? {} : { PORT: String(port) }),
    ...(settings.store === "sqlite:./data/sessionhook.db" ? {} : { SESSIONHOOK_STORE: settings.store }),
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** An address a browser on this machine can open. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
