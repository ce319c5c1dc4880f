import type { SigningSecrets } from "@sessionhook/core";
import { readSettings, type SettingProblem, type Settings, SettingsError } from "@sessionhook/app";
import { textsOf } from "./texts-of.js";
import { type D1Binding, maxD1BodyBytes } from "@sessionhook/stores/d1";

/** Settings with the values that are required on Workers. */
export interface WorkerSettings extends Settings {
  readonly secrets: SigningSecrets;
  readonly adminToken: string;
  readonly database: D1Binding;
}

/**
 * Reads the settings from the bindings of a Worker: variables, secrets, and the D1 database whose binding
 * SESSIONHOOK_STORE names (default `d1:DB`).
 * @throws SettingsError with every invalid or missing setting
 */
export function readWorkerSettings(env: Readonly<Record<string, unknown>>): WorkerSettings {
  const settings = readSettings({ SESSIONHOOK_STORE: "d1:DB", ...textsOf(env) });
  const { secrets, adminToken, store, configFile, maxBodyBytes } = settings;
  const problems: SettingProblem[] = [];
  const problem = (name: string, message: string) => void problems.push({ name, message });
  if (secrets === undefined)
    problem("SESSIONHOOK_SECRETS", "must be set: on Workers no signing secret is generated");
  if (adminToken === undefined)
    problem("SESSIONHOOK_ADMIN_TOKEN", "must be set: on Workers no admin token is generated");
  if (configFile !== undefined) problem("SESSIONHOOK_CONFIG", "must not be set: Workers have no files");
  if (maxBodyBytes > maxD1BodyBytes)
    problem("SESSIONHOOK_MAX_BODY_BYTES", `must be ${maxD1BodyBytes} or less, the limit of a D1 row`);
  const name = store.scheme === "d1" ? store.binding : undefined;
  if (name === undefined)
    problem("SESSIONHOOK_STORE", "must be d1:<binding>: memory on Workers is not durable");
  const database = name === undefined ? undefined : env[name];
  if (name !== undefined && !isDatabase(database))
    problem(name, "must be a D1 database, bound to the Worker under this name");
  if (secrets === undefined || adminToken === undefined || !isDatabase(database) || problems.length > 0)
    throw new SettingsError(problems);
  return { ...settings, secrets, adminToken, database };
}

function isDatabase(value: unknown): value is D1Binding {
  const { prepare, batch } = (value ?? {}) as Partial<Record<keyof D1Binding, unknown>>;
  return typeof prepare === "function" && typeof batch === "function";
}
