import { defaultHistoryMs } from "@sessionhook/core/limits";
import type { LocatedFinding } from "./config-error.js";
import { configFileError } from "./config-error.js";
import { importProblem } from "./import-problem.js";
import { parseJsonConfig } from "./json-config.js";
import type { JsonSource } from "./json-source.js";
import type { LoadedConfig } from "./read-config.js";
import { isNotUtf8, type ReferenceSources } from "./references.js";

export { ConfigFileError, type ConfigProblem } from "./config-error.js";
export { durationText } from "./duration.js";
export type { ConfiguredDestination } from "./configured-destination.js";
export type { LoadedConfig } from "./read-config.js";

/** Names of the configuration file, in the order in which they are looked for. */
export const configFileNames = [
  "sessionhook.config.ts",
  "sessionhook.config.js",
  "sessionhook.config.json",
] as const;

/** The parts of the process that loading a configuration takes. */
export interface ConfigFiles extends ReferenceSources {
  /** Returns whether a file exists. */
  readonly exists: (path: string) => boolean;
  /** Imports a module by its path, relative to the working folder. */
  readonly importModule: (path: string) => Promise<Readonly<Record<string, unknown>>>;
  /** The reason why this runtime cannot import TypeScript; undefined if it can. */
  readonly typescriptProblem: string | undefined;
  /** Reports a module that ends the process. Absent: it ends it without a message. */
  readonly ending?: { readonly process: EndingProcess; /** Of the message. */ readonly prefix: string };
}

/** The part of Node's `process` that reports its end. */
export interface EndingProcess {
  exitCode?: number | string | null | undefined;
  readonly stderr: { write(text: string): unknown };
  on(event: "exit", listener: () => void): unknown;
  off(event: "exit", listener: () => void): unknown;
}

export interface LoadConfigOptions extends ConfigFiles {
  /** SESSIONHOOK_CONFIG. Absent: the first of `configFileNames` that exists. */
  readonly path?: string | undefined;
  /**
   * Absolute working folder. If it is given, the paths of destinations are checked on the disk, as for a person who checks
   * the file. A server gives none: such a destination is blocked, and the state of a disk does not stop the start.
   */
  readonly diskFolder?: string | undefined;
}

/** A configuration with the file that it comes from. */
export interface ConfigWithFile extends LoadedConfig {
  /** Undefined if there is no file. */
  readonly file: string | undefined;
  /** Content of the file. */
  readonly text: string | undefined;
}

/** Returns whether a configuration file is TypeScript or JavaScript; every other one is JSON. */
export function isModuleFile(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

/**
 * Finds, reads and validates the configuration file. Without a file there are no destinations.
 * @throws ConfigFileError with every problem; no message contains a secret or another value of the file, except `when`
 */
export async function loadConfig(options: LoadConfigOptions): Promise<ConfigWithFile> {
  const file = options.path ?? configFileNames.find((name) => options.exists(name));
  if (file === undefined) return { ...withoutFile, file, text: undefined };
  const json = !isModuleFile(file);
  const { value, source, text } = json ? await readJson(file, options) : await importConfig(file, options);
  // With the schema, filters and drivers, which an app without destinations does without.
  const { readConfig } = await import("./read-config.js");
  const findings: LocatedFinding[] = [];
  const report = (finding: LocatedFinding) => void findings.push(finding);
  const config = await readConfig(value, { ...options, json, report }).catch((error: unknown) => {
    // A getter of a module.
    if (json) throw error;
    throw failure(file, `cannot be loaded: ${importProblem(error)}`);
  });
  if (findings.length > 0) throw configFileError(file, findings, source);
  return { ...config, file, text };
}

const withoutFile: LoadedConfig = {
  destinations: [],
  retention: { eventsMs: undefined, historyMs: defaultHistoryMs },
};

interface Content {
  readonly value: unknown;
  readonly text: string;
  /** Only of JSON. */
  readonly source?: JsonSource;
}

/** Time limit of an import. */
const importLimitMs = 30_000;

const failure = (file: string, message: string) => configFileError(file, [{ path: [], message }]);

async function readJson(file: string, options: LoadConfigOptions): Promise<Content> {
  const text = await readText(file, options);
  return { ...parseJsonConfig(text, file), text };
}

async function readText(file: string, { path, readFile, reasonOf }: LoadConfigOptions): Promise<string> {
  let text: string;
  try {
    text = await readFile(file);
  } catch (error) {
    const name = path === undefined ? file : "SESSIONHOOK_CONFIG";
    throw failure(name, `the file ${file} cannot be read: ${reasonOf(error)}`);
  }
  // Decoded with replacement characters, its filters would never match.
  if (isNotUtf8(text)) throw failure(file, "is not UTF-8 text; save it as UTF-8");
  return text;
}

async function importConfig(file: string, options: LoadConfigOptions): Promise<Content> {
  const { importModule, typescriptProblem } = options;
  // The error of an import does not distinguish a missing file from a missing import in it.
  const text = await readText(file, options);
  if (/\.[cm]?ts$/.test(file) && typescriptProblem !== undefined) throw failure(file, typescriptProblem);
  let module: Readonly<Record<string, unknown>> | undefined;
  try {
    module = await reportingEnd(file, options.ending, () => withinTime(importModule(file)));
  } catch (error) {
    throw failure(file, `cannot be loaded: ${importProblem(error)}`);
  }
  if (module === undefined)
    throw failure(file, `cannot be loaded: an await has not ended after ${importLimitMs / 1000} s`);
  const value = defaultExport(module);
  if (value === undefined)
    throw failure(file, "must have a default export: export default defineConfig({ … })");
  return { value, text };
}

/** Reports a file that ends the process while it is imported, such as by `process.exit(0)`, and has it end with code 1. */
async function reportingEnd<T>(
  file: string,
  ending: LoadConfigOptions["ending"],
  load: () => Promise<T>,
): Promise<T> {
  if (ending === undefined) return load();
  const { process, prefix } = ending;
  const report = () => {
    const { message } = failure(file, "cannot be loaded: it, or a file that it imports, ends the process");
    process.stderr.write(`${prefix}${message}\n`);
    process.exitCode = 1;
  };
  process.on("exit", report);
  try {
    return await load();
  } finally {
    process.off("exit", report);
  }
}

/**
 * Returns undefined for a file with an `await` that does not end in time: Node would exit without a message, or the start would
 * hang.
 */
async function withinTime<T>(importing: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), importLimitMs);
  });
  try {
    return await Promise.race([importing, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A CommonJS file arrives with its exports below `default`, once more for what was compiled from ESM. */
function defaultExport(module: Readonly<Record<string, unknown>>): unknown {
  const value = module["default"];
  const inner =
    typeof value === "object" && value !== null ? (value as { default?: unknown }).default : undefined;
  return inner ?? value;
}
