import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { ConfigFileError, type ConfigWithFile, loadConfig } from "@sessionhook/app/load-config";
import { failure } from "../cli-error.js";
import { setting, type Shell } from "../shell.js";

/** A configuration that was found. */
export interface FoundConfig extends ConfigWithFile {
  readonly file: string;
}

/**
 * Loads the configuration file as the server does, from the current folder.
 * @param given `--config`; else SESSIONHOOK_CONFIG, else the first that exists
 * @throws ConfigFileError with every problem, or CliError `no_config` without a file
 */
export async function loadConfigFile(shell: Shell, given: string | undefined): Promise<FoundConfig> {
  // A module can leave timers and connections open.
  shell.exitWhenDone?.();
  const at = (path: string) => resolve(shell.cwd, path);
  const config = await loadConfig({
    path: given ?? setting(shell, "SESSIONHOOK_CONFIG"),
    env: shell.env,
    exists: (path) => existsSync(at(path)),
    readFile: (path) => readFile(at(path), "utf8"),
    diskFolder: shell.cwd,
    reasonOf,
    importModule: (path) => importWhole(at(path)),
    typescriptProblem: typescriptProblem(),
    ending: { process, prefix: "error: " },
  }).catch((error: unknown) => {
    throw given === undefined ? error : withoutSetting(error, given);
  });
  const { file } = config;
  if (file === undefined)
    throw failure(
      "no_config",
      `There is no sessionhook.config.ts, .js or .json in ${shell.cwd}; name a file with --config`,
    );
  return { ...config, file };
}

/** Imports a module; rejects with the error of a promise that it leaves rejected, which would end the process with a stack. */
async function importWhole(path: string): Promise<Readonly<Record<string, unknown>>> {
  const errors: unknown[] = [];
  const note = (error: unknown) => void errors.push(error);
  process.on("unhandledRejection", note);
  try {
    const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
    // Rejections are reported after the microtasks.
    await setImmediate();
    if (errors.length > 0) throw errors[0];
    return module;
  } finally {
    process.off("unhandledRejection", note);
  }
}

/** The file that cannot be read comes from `--config`. */
function withoutSetting(error: unknown, file: string): unknown {
  if (!isConfigFileError(error)) return error;
  return new ConfigFileError(
    error.problems.map((problem) => ({
      ...problem,
      name: problem.name === "SESSIONHOOK_CONFIG" ? file : problem.name,
    })),
  );
}

/** Returns whether the configuration file is invalid. */
export function isConfigFileError(error: unknown): error is ConfigFileError {
  return error instanceof ConfigFileError;
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  return code ?? "reading failed";
}

function typescriptProblem(): string | undefined {
  const { versions, features, version } = process;
  if (versions["bun"] !== undefined || versions["deno"] !== undefined || features.typescript !== false)
    return undefined;
  return `needs Node 22.18 or newer, and this is ${version}: use sessionhook.config.js or sessionhook.config.json`;
}
