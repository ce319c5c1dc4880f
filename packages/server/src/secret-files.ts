import { readFileSync } from "node:fs";
import { SettingsError } from "@sessionhook/app";

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that can be read from a file, as Docker and Kubernetes mount secrets. */
const fromFile = ["SESSIONHOOK_SECRETS", "SESSIONHOOK_ADMIN_TOKEN"] as const;

/**
 * Replaces `SESSIONHOOK_SECRETS_FILE` and `SESSIONHOOK_ADMIN_TOKEN_FILE` by the setting with the content of the file,
 * without surrounding white space.
 * @throws SettingsError if a file cannot be read or is empty, or if both forms of a setting are set
 */
export function withSecretFiles(env: Environment): Environment {
  const result: Record<string, string | undefined> = { ...env };
  for (const name of fromFile) {
    const fileName = `${name}_FILE`;
    const path = result[fileName];
    if (path === undefined) continue;
    delete result[fileName];
    if (result[name] !== undefined)
      throw new SettingsError([{ name: fileName, message: `must not be set together with ${name}` }]);
    result[name] = readSecret(fileName, path);
  }
  return result;
}

function readSecret(name: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Missing permissions of Deno have their own message.
    if (code === undefined) throw error;
    throw new SettingsError([{ name, message: `the file ${path} cannot be read (${code})` }]);
  }
  if (text === "") throw new SettingsError([{ name, message: `the file ${path} is empty` }]);
  return text;
}
