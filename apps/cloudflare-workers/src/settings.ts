import type { SigningSecrets } from "@sessionhook/core";
import { readSettings, type SettingProblem, type Settings, SettingsError } from "@sessionhook/app";
import { type D1Binding, maxD1BodyBytes } from "@sessionhook/stores/d1";

/** Settings with everything a Worker cannot do without. */
export interface WorkerSettings extends Settings {
  readonly secrets: SigningSecrets;
  readonly adminToken: string;
  readonly database: D1Binding;
}

/**
 * Reads the settings from the bindings of a Worker: variables and secrets as everywhere, and the D1
 * database under the name that SESSIONHOOK_STORE says, `d1:DB` unless set.
 * @throws SettingsError naming every setting that is bad or missing
 */
export function readWorkerSettings(env: Readonly<Record<string, unknown>>): WorkerSettings {
  const texts = Object.entries(env).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const settings = readSettings({ SESSIONHOOK_STORE: "d1:DB", ...Object.fromEntries(texts) });
  const { secrets, adminToken, store, configFile, maxBodyBytes } = settings;
  const problems: SettingProblem[] = [];
  const problem = (name: string, message: string) => void problems.push({ name, message });
  if (secrets === undefined)
    problem("SESSIONHOOK_SECRETS", "must be set: a Worker makes no signing secret of its own");
  if (adminToken === undefined)
    problem("SESSIONHOOK_ADMIN_TOKEN", "must be set: a Worker makes no admin token of its own");
  if (configFile !== undefined)
    problem("SESSIONHOOK_CONFIG", "names a file, and a Worker has none; unset it");
  if (maxBodyBytes > maxD1BodyBytes)
    problem("SESSIONHOOK_MAX_BODY_BYTES", `must be ${maxD1BodyBytes} or less: a row of D1 holds no more`);
  const [, name] = /^d1:(.+)$/.exec(store) ?? [];
  if (name === undefined)
    problem("SESSIONHOOK_STORE", "must be d1:<binding>: files and memory of a Worker do not last");
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
