import type { Settings } from "@sessionhook/app";
import * as files from "@sessionhook/app/secret-files";
import { reasonOf } from "@sessionhook/stores/file-error";
import { readTextUpTo } from "@sessionhook/stores/read-text";

export { secretFileSettings } from "@sessionhook/app/secret-files";

export type Environment = Readonly<Record<string, string | undefined>>;

const access: files.SecretFileAccess = {
  readText: (path) => readTextUpTo(path, files.maxSecretFileBytes),
  reasonOf,
};

/** Reads the settings, with secrets from files, and throws SettingsError naming every one that cannot be used. */
export function readSettingsAndFiles(env: Environment): Settings {
  return files.readSettingsAndFiles(env, access);
}

/** Replaces the settings that name files of secrets by the secrets. */
export function withSecretFiles(env: Environment): Environment {
  return files.withSecretFiles(env, access);
}
