import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { type ConfigWithFile, loadConfig } from "@sessionhook/app";
import { reasonOf } from "@sessionhook/stores/file-error";

/**
 * Loads the configuration file from the working folder.
 * @param path SESSIONHOOK_CONFIG
 * @throws ConfigFileError with every problem
 */
export function loadConfigFile(
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ConfigWithFile> {
  return loadConfig({
    path,
    env,
    exists: existsSync,
    readFile: (file) => readFileSync(file, "utf8"),
    reasonOf,
    importModule: (file) => import(pathToFileURL(resolve(file)).href),
    typescriptProblem: typescriptProblem(),
    ending: { process, prefix: "sessionhook: cannot start with these settings\n  " },
  });
}

function typescriptProblem(): string | undefined {
  const { versions, features, version } = process;
  if (versions["bun"] !== undefined || versions["deno"] !== undefined || features.typescript !== false)
    return undefined;
  return `needs Node 22.18 or newer, and this is ${version}: use sessionhook.config.js or sessionhook.config.json`;
}
