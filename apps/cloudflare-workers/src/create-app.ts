import { getLogger } from "@logtape/logtape";
import { createInbox } from "@sessionhook/inbox";
import { createReceiver, type Receiver } from "@sessionhook/receiver";
import { describeError } from "@sessionhook/ingest";
import { createD1Store } from "@sessionhook/stores/d1";
import { startLogging } from "./logging.js";
import { readWorkerSettings } from "./settings.js";

const log = getLogger(["sessionhook", "app"]);

/**
 * Receiver and inbox over D1: bindings → wiring → receiver. Serves all requests of an isolate, which share
 * counters but never a promise.
 * @throws SettingsError for an invalid or missing setting
 */
export function createApp(env: Readonly<Record<string, unknown>>): Receiver {
  const settings = readWorkerSettings(env);
  startLogging(settings.logLevel);
  const store = createD1Store({ database: settings.database });
  const receiver = createReceiver({ ...settings, store, requestScopedIo: true });
  const onError = (error: unknown) => log.error("cannot render a page", describeError(error));
  const { adminToken, basePath } = settings;
  receiver.app.route("/", createInbox({ store, adminToken, basePath, onError }).app);
  return receiver;
}
