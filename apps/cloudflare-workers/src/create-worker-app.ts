import { type App, createApp } from "@sessionhook/app";
import { createD1Store } from "@sessionhook/stores/d1";
import { startLogging } from "./logging.js";
import { readWorkerSettings } from "./settings.js";

/**
 * Creates the app over D1 from the bindings of a Worker. It serves all requests of an isolate, which share counters but
 * never a promise.
 * @throws SettingsError for a bad or missing setting
 */
export function createWorkerApp(env: Readonly<Record<string, unknown>>): App {
  const settings = readWorkerSettings(env);
  startLogging(settings.logLevel);
  const store = createD1Store({ database: settings.database });
  return createApp({
    ...settings,
    store,
    requestScopedIo: true,
    system: { runtime: "Cloudflare Workers", storeKind: "Cloudflare D1" },
  });
}
