import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { type ConfigWithFile, loadConfig } from "@sessionhook/app";
import { reasonOf } from "@sessionhook/stores/file-error";

/** The configuration of an app, with the files that it names, such as those of secrets. */
export interface StartConfig extends ConfigWithFile {
  /** Content of each file when it was loaded, by path. */
  readonly references: ReadonlyMap<string, string>;
}

/**
 * Loads the configuration file from the working folder.
 * @param path SESSIONHOOK_CONFIG
 * @throws ConfigFileError with every problem
 */
export async function loadConfigFile(
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<StartConfig> {
  const references = new Map<string, string>();
  const readFile = (file: string) => {
    const text = readFileSync(file, "utf8");
    references.set(file, text);
    return text;
  };
  const config = await loadConfig({
    path,
    env,
    exists: existsSync,
    readFile,
    reasonOf,
    importModule: (file) => import(pathToFileURL(resolve(file)).href),
    typescriptProblem: typescriptProblem(),
    ending: { process, prefix: "sessionhook: cannot start with these settings\n  " },
  });
  return { ...config, references };
}

function typescriptProblem(): string | undefined {
  const { versions, features, version } = process;
  if (versions["bun"] !== undefined || versions["deno"] !== undefined || features.typescript !== false)
    return undefined;
  return `needs Node 22.18 or newer, and this is ${version}: use sessionhook.config.js or sessionhook.config.json`;
}
