import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseConfigFile, SettingsError } from "@sessionhook/app";
import { reasonOf } from "./file-error.js";

const defaultFile = "sessionhook.config.json";

/**
 * Reads and checks the configuration file: the named one, or `sessionhook.config.json` in the working directory if
 * that exists.
 * @throws SettingsError if the file cannot be read or is not valid
 */
export function readConfigFile(named: string | undefined): void {
  const file = named ?? defaultFile;
  if (named === undefined && !existsSync(file)) return;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const name = named === undefined ? file : "SESSIONHOOK_CONFIG";
    throw new SettingsError([
      { name, message: `the file ${resolve(file)} cannot be read: ${reasonOf(error)}` },
    ]);
  }
  parseConfigFile(text, file);
}
