import { resolve } from "node:path";
import { maxSecretFileBytes, type SecretFileAccess } from "@sessionhook/app/secret-files";
import { reasonOf } from "@sessionhook/stores/file-error";
import { readTextUpTo } from "@sessionhook/stores/read-text";
import { usageError } from "./cli-error.js";
import type { Shell } from "./shell.js";

/** Returns access to files of secrets; their paths are relative to the folder of the shell. */
export function secretFileAccess(shell: Shell): SecretFileAccess {
  return { readText: (path) => readTextUpTo(resolve(shell.cwd, path), maxSecretFileBytes), reasonOf };
}

/** A secret setting and the name under which messages refer to it. */
export interface SecretSetting {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * Returns a secret setting: the variable, or the content of the file that its `_FILE` names.
 * @throws CliError for an empty variable, a file or a content with which the server would not start, with its message
 */
export async function secretSetting(
  shell: Shell,
  name: "SESSIONHOOK_SECRETS" | "SESSIONHOOK_ADMIN_TOKEN",
): Promise<SecretSetting> {
  const { env } = shell;
  const file = `${name}_FILE`;
  const value = env[name];
  // The server refuses an empty value: a secret that a deployment failed to fill in must not pass unnoticed.
  const empty = value !== undefined && /^[\s,]*$/.test(value);
  if (env[file] === undefined && !empty) return { name, value };
  const { readSettingsAndFiles, withSecretFiles } = await import("@sessionhook/app/secret-files");
  const { SettingsError } = await import("@sessionhook/app/settings");
  const access = secretFileAccess(shell);
  const beside = ["SESSIONHOOK_SECRET_ENCODING", "SESSIONHOOK_ALLOW_SHORT_SECRETS"];
  // The other settings are those of the server; this command may be without them.
  const names = [name, file, ...beside].filter((each) => env[each] !== undefined);
  const own = Object.fromEntries(names.map((each) => [each, env[each]]));
  try {
    readSettingsAndFiles(own, access);
    return { name: file, value: withSecretFiles(own, access)[name] };
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    throw usageError(error.message);
  }
}
