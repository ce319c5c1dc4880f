import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { getLogger } from "@logtape/logtape";
import { type ConfigWithFile, loadConfig, type LoadedConfig } from "@sessionhook/app";
import { reasonOf } from "@sessionhook/stores/file-error";

const log = getLogger(["sessionhook", "delivery"]);

/** The configuration with which the app was started, in a form that can be sent to a thread. */
export interface RunningConfig {
  /** Undefined if there was no file. */
  readonly file: string | undefined;
  /** Content of the file; undefined if it could not be read again. */
  readonly text: string | undefined;
  /** Names and types of the destinations, which API and inbox show, such as `crm: http`. */
  readonly destinations: readonly string[];
}

/** Thrown if the file has other destinations than those with which the app was started. */
export class ChangedConfigError extends Error {
  override readonly name = "ChangedConfigError";
}

/** Returns the configuration for the thread; call it right after it was loaded. */
export function runningConfig(config: ConfigWithFile): RunningConfig {
  const { file } = config;
  return { file, text: file === undefined ? undefined : textOf(file), destinations: destinationsOf(config) };
}

/**
 * Loads the configuration with which the app was started, even if the file has changed meanwhile: JSON is read from the
 * text. A module is imported again, because functions cannot be sent to a thread.
 * @throws SettingsError for a module that can no longer be used
 * @throws ChangedConfigError if it has other destinations
 */
export async function loadRunningConfig(
  { file, text, destinations }: RunningConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<LoadedConfig> {
  const config = await loadConfig({
    path: file,
    env,
    // A file that was created meanwhile is not used.
    exists: () => false,
    // Also reads the files of references.
    readFile: (path) => (path === file && text !== undefined ? text : readFileSync(path, "utf8")),
    reasonOf,
    importModule: (path) => {
      if (text !== undefined && textOf(path) !== text)
        log.warn("the configuration file has changed since the app was started; restart the app to use it", {
          file: path,
        });
      return import(pathToFileURL(resolve(path)).href);
    },
    // The app has imported the file too.
    typescriptProblem: undefined,
  });
  if (destinationsOf(config).join() !== destinations.join())
    throw new ChangedConfigError("its destinations are not those with which the app was started");
  return config;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function destinationsOf({ destinations }: LoadedConfig): readonly string[] {
  return destinations.map(({ options: { name }, type }) => `${name}: ${type}`).sort();
}
