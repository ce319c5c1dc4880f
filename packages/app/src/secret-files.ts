import { pathProblem } from "./setting-readers.js";
import { readSettings, type Settings, SettingsError } from "./settings.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that can be read from a file, as Docker and Kubernetes mount secrets. */
export const secretFileSettings = ["SESSIONHOOK_SECRETS", "SESSIONHOOK_ADMIN_TOKEN"] as const;

/** A larger file is none of secrets. */
export const maxSecretFileBytes = 64 * 1024;

/** Access to the files of secrets, which differs between programs. */
export interface SecretFileAccess {
  /** Returns the text of a file; of one that is longer than `maxSecretFileBytes`, one byte more than that. */
  readonly readText: (path: string) => string;
  /** Returns the reason of an error of `readText`, in words. */
  readonly reasonOf: (error: unknown) => string;
}

/**
 * Reads the settings, with secrets from files.
 * @throws SettingsError naming every setting that cannot be used; the name of a secret from a file is that of its file setting
 */
export function readSettingsAndFiles(env: Environment, access: SecretFileAccess): Settings {
  try {
    return readSettings(withSecretFiles(env, access));
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    throw new SettingsError(
      error.problems.map(({ name, message }) => {
        const file = env[`${name}_FILE`];
        const isFile = file !== undefined && secretFileSettings.some((setting) => setting === name);
        return isFile ? { name: `${name}_FILE`, message: `${file}: ${message}` } : { name, message };
      }),
    );
  }
}

/**
 * Replaces `SESSIONHOOK_SECRETS_FILE` and `SESSIONHOOK_ADMIN_TOKEN_FILE` by the setting with the content of the file,
 * without a newline at its end.
 * @throws SettingsError if a file cannot be read, is empty or is not UTF-8 text, or if both forms of a setting are set
 */
export function withSecretFiles(env: Environment, access: SecretFileAccess): Environment {
  const result: Record<string, string | undefined> = { ...env };
  for (const name of secretFileSettings) {
    const fileName = `${name}_FILE`;
    const path = result[fileName];
    if (path === undefined) continue;
    delete result[fileName];
    if (result[name] !== undefined)
      throw new SettingsError([{ name: fileName, message: `must not be set together with ${name}` }]);
    result[name] = readSecret(fileName, path, access);
  }
  return result;
}

function readSecret(name: string, path: string, { readText, reasonOf }: SecretFileAccess): string {
  const refuse = (reason: string): never => {
    throw new SettingsError([{ name, message: `the file ${path} ${reason}` }]);
  };
  const problem = pathProblem(path);
  if (problem !== undefined) throw new SettingsError([{ name, message: problem }]);
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    return refuse(`cannot be read: ${reasonOf(error)}`);
  }
  if (text.length > maxSecretFileBytes) refuse("is larger than 64 KiB");
  // PowerShell writes UTF-16 by default.
  if (/[\0\uFFFD]/.test(text)) refuse("is not UTF-8 text; save it as UTF-8, without a byte order mark");
  if (text.trim() === "") refuse("is empty");
  return text.replace(/\r?\n$/, "");
}
