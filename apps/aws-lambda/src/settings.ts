import { readFileSync } from "node:fs";
import type { SigningSecrets } from "@sessionhook/core";
import type { DynamoDbStoreOptions } from "@sessionhook/stores/dynamodb";
import {
  checkConfigWithoutDelivery,
  readSettings,
  type SettingProblem,
  type Settings,
  SettingsError,
} from "@sessionhook/app";

/** Settings with the values that are required on Lambda. */
export interface LambdaSettings extends Settings {
  readonly secrets: SigningSecrets;
  readonly adminToken: string;
  /** The table in SESSIONHOOK_STORE. */
  readonly table: DynamoDbStoreOptions;
}

/**
 * Reads the settings of a Lambda function. Credentials are required, because generated ones would differ between
 * environments and would not be visible. The store must be DynamoDB, because files do not survive the environment.
 * @throws SettingsError with every invalid or missing setting
 */
export async function readLambdaSettings(
  env: Readonly<Record<string, string | undefined>>,
): Promise<LambdaSettings> {
  const settings = readSettings(env);
  const { secrets, adminToken, store, configFile } = settings;
  const problems: SettingProblem[] = [];
  if (secrets === undefined)
    problems.push({
      name: "SESSIONHOOK_SECRETS",
      message: "must be set: on Lambda no signing secret is generated",
    });
  if (adminToken === undefined)
    problems.push({
      name: "SESSIONHOOK_ADMIN_TOKEN",
      message: "must be set: on Lambda no admin token is generated",
    });
  if (store.scheme !== "dynamodb")
    problems.push({
      name: "SESSIONHOOK_STORE",
      message: "must be dynamodb:<table>: files and memory on Lambda are not durable",
    });
  if (configFile !== undefined) await checkConfigWithoutDelivery(readConfig(configFile), configFile);
  if (secrets === undefined || adminToken === undefined || store.scheme !== "dynamodb" || problems.length > 0)
    throw new SettingsError(problems);
  return { ...settings, secrets, adminToken, table: store };
}

function readConfig(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new SettingsError([{ name: "SESSIONHOOK_CONFIG", message: "names a file that cannot be read" }]);
  }
}
