import { readFileSync } from "node:fs";
import type { SigningSecrets } from "@sessionhook/core";
import { parseStoreAddress } from "@sessionhook/stores/address";
import type { DynamoDbStoreOptions } from "@sessionhook/stores/dynamodb";
import {
  parseConfigFile,
  readSettings,
  type SettingProblem,
  type Settings,
  SettingsError,
} from "@sessionhook/app";

/** Settings with everything a Lambda cannot do without. */
export interface LambdaSettings extends Settings {
  readonly secrets: SigningSecrets;
  readonly adminToken: string;
  /** The table that SESSIONHOOK_STORE names. */
  readonly table: DynamoDbStoreOptions;
}

/**
 * Reads the settings of a Lambda. It makes no credentials of its own (nobody would see them, and every
 * environment would make others) and keeps events in DynamoDB only (its files are gone with it).
 * @throws SettingsError naming every setting that is bad or missing
 */
export function readLambdaSettings(env: Readonly<Record<string, string | undefined>>): LambdaSettings {
  const settings = readSettings(env);
  const { secrets, adminToken, store, configFile } = settings;
  const problems: SettingProblem[] = [];
  if (secrets === undefined)
    problems.push({
      name: "SESSIONHOOK_SECRETS",
      message: "must be set: a Lambda makes no signing secret of its own",
    });
  if (adminToken === undefined)
    problems.push({
      name: "SESSIONHOOK_ADMIN_TOKEN",
      message: "must be set: a Lambda makes no admin token of its own",
    });
  const table = parseStoreAddress(store);
  if (table.scheme !== "dynamodb")
    problems.push({
      name: "SESSIONHOOK_STORE",
      message: "must be dynamodb:<table>: files and memory of a Lambda do not last",
    });
  if (configFile !== undefined) parseConfigFile(readConfig(configFile), configFile);
  if (secrets === undefined || adminToken === undefined || table.scheme !== "dynamodb" || problems.length > 0)
    throw new SettingsError(problems);
  return { ...settings, secrets, adminToken, table };
}

function readConfig(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new SettingsError([{ name: "SESSIONHOOK_CONFIG", message: "names a file that cannot be read" }]);
  }
}
