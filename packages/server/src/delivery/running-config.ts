import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { loadConfig, type LoadedConfig } from "@sessionhook/app";
import { isModuleFile } from "@sessionhook/app/load-config";
import { reasonOf } from "@sessionhook/stores/file-error";
import type { StartConfig } from "../config-file.js";

/** The configuration with which the app was started, in a form that can be sent to a thread. */
export interface RunningConfig {
  /** Undefined if there was no file. */
  readonly file: string | undefined;
  /** Content of the file when it was loaded. */
  readonly text: string | undefined;
  /** Content of the files that it names when it was loaded, by path: a thread that starts again signs with the same secrets. */
  readonly references: ReadonlyMap<string, string>;
  /** Names and types of the destinations, which API and inbox show, such as `crm: http`. */
  readonly destinations: readonly string[];
}

/** Thrown if the configuration is not the one with which the app was started. */
export class ChangedConfigError extends Error {
  override readonly name = "ChangedConfigError";
}

/** Returns the configuration for the thread. */
export function runningConfig(config: StartConfig): RunningConfig {
  const { file, text, references } = config;
  return { file, text, references, destinations: destinationsOf(config) };
}

/**
 * Loads the configuration with which the app was started, even if the file has changed meanwhile: JSON is read from the
 * text. A module is imported again, because functions cannot be sent to a thread, and must have the same text.
 * @throws SettingsError for a module that can no longer be used
 * @throws ChangedConfigError for a module with another text, or with other destinations because of its imports
 */
export async function loadRunningConfig(
  { file, text, references, destinations }: RunningConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<LoadedConfig> {
  if (file !== undefined && isModuleFile(file)) {
    const now = textOf(file);
    // `loadConfig` names the reason for one that cannot be read.
    if (now !== undefined && now !== text)
      throw new ChangedConfigError("it has been edited since the app was started");
  }
  const config = await loadConfig({
    path: file,
    env,
    // A file that was created meanwhile is not used.
    exists: () => false,
    readFile: (path) =>
      path === file && text !== undefined ? text : (references.get(path) ?? readFileSync(path, "utf8")),
    reasonOf,
    importModule: (path) => import(pathToFileURL(resolve(path)).href),
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
