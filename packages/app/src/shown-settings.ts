import type { ShownSetting } from "@sessionhook/inbox";
import type { Settings } from "./settings.js";

/** Settings that the status page shows. Everything else is a secret, or derived from one. */
type Shown = Pick<
  Settings,
  | "host"
  | "port"
  | "logLevel"
  | "toleranceSeconds"
  | "storeText"
  | "maxBodyBytes"
  | "bodyTimeoutMs"
  | "keepAliveSeconds"
  | "maxPending"
  | "onInvalid"
  | "basePath"
>;

/**
 * Returns the settings in force under the names of their variables, for the status page. Secrets are left out; of the store
 * address only what can contain no password.
 */
export function shownSettings(settings: Shown, configFile: string | undefined): readonly ShownSetting[] {
  const values: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ["HOST", settings.host],
    ["PORT", settings.port],
    ["LOG_LEVEL", settings.logLevel ?? "info"],
    ["SESSIONHOOK_STORE", withoutPassword(settings.storeText)],
    ["SESSIONHOOK_CONFIG", configFile ?? "none"],
    ["SESSIONHOOK_BASE_PATH", settings.basePath === "" ? "/" : settings.basePath],
    ["SESSIONHOOK_TOLERANCE_SECONDS", settings.toleranceSeconds],
    ["SESSIONHOOK_ON_INVALID", settings.onInvalid],
    ["SESSIONHOOK_MAX_BODY_BYTES", settings.maxBodyBytes],
    ["SESSIONHOOK_BODY_TIMEOUT_SECONDS", settings.bodyTimeoutMs / 1000],
    ["SESSIONHOOK_KEEP_ALIVE_SECONDS", settings.keepAliveSeconds],
    ["SESSIONHOOK_MAX_PENDING", settings.maxPending],
  ];
  return values.map(([name, value]) => ({ name, value: String(value) }));
}

/** Removes user, password and parameters from an address that is a URL: `postgres://db.example.com/events`. */
function withoutPassword(address: string): string {
  const [, scheme, rest] = /^([a-z][a-z0-9+]*):\/\/(.*)$/s.exec(address) ?? [];
  if (scheme === undefined || rest === undefined) return address;
  const bare = (rest.split(/[?#]/)[0] ?? "").split("@").at(-1) ?? "";
  return `${scheme}://${bare}`;
}
