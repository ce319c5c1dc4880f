import type { SecretEncoding } from "@sessionhook/core";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { withSettingNames } from "@sessionhook/app/settings";
import { dataFolderOf } from "@sessionhook/stores/address";
import { reasonOf } from "@sessionhook/stores/file-error";
import { usageError } from "./cli-error.js";
import { asServerUser } from "./file-access.js";
import { secretSetting } from "./secret-files.js";
import { setting, type Shell } from "./shell.js";
import { storeAddress } from "./store-address.js";

interface Credentials {
  readonly signingSecret?: string;
  readonly adminToken?: string;
}

/** The file that a server without configured secrets creates beside its store at its first start. */
function credentialsPath(shell: Shell): string {
  return join(resolve(shell.cwd, dataFolderOf(storeAddress(shell))), "credentials.json");
}

async function readCredentials(shell: Shell): Promise<Credentials> {
  const path = credentialsPath(shell);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return {};
    const reason = reasonOf(cause);
    throw usageError(`The credentials file ${path} cannot be read: ${reason}; ${asServerUser}`, { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No cause: the parser's message quotes the text, and the text is a secret.
    throw usageError(`The credentials file ${path} is not JSON`);
  }
  const fields = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const { signingSecret, adminToken } = fields;
  return {
    ...(typeof signingSecret === "string" && signingSecret !== "" ? { signingSecret } : {}),
    ...(typeof adminToken === "string" && adminToken !== "" ? { adminToken } : {}),
  };
}

interface Configured {
  /** The setting that holds the secrets. */
  readonly name: string;
  readonly secrets: readonly string[];
}

async function configuredSecrets(shell: Shell): Promise<Configured> {
  const { name, value = "" } = await secretSetting(shell, "SESSIONHOOK_SECRETS");
  return { name, secrets: value.split(/[\s,]+/).filter((secret) => secret !== "") };
}

/**
 * Returns the secret to sign with: the given one, the first of SESSIONHOOK_SECRETS or its file that can sign, or that of the
 * credentials file.
 */
export async function signingSecret(shell: Shell, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if (given.trim().startsWith("whpk_")) {
      throw usageError("--secret is a public key (whpk_), which cannot sign; give its secret key (whsk_)");
    }
    return given;
  }
  const { name, secrets } = await configuredSecrets(shell);
  const usable = secrets.find((secret) => !secret.startsWith("whpk_"));
  if (usable !== undefined) return usable;
  if (secrets.length > 0) {
    throw usageError(
      `${name} holds public keys (whpk_) only, and they cannot sign; give the secret key (whsk_) with --secret`,
    );
  }
  const { signingSecret } = await readCredentials(shell);
  if (signingSecret !== undefined) return signingSecret;
  throw noSecret(shell);
}

/** Returns all secrets to verify with, from the same sources. */
export async function verificationSecrets(
  shell: Shell,
  given: readonly string[] | undefined,
): Promise<readonly string[]> {
  if (given !== undefined) return given;
  const { secrets } = await configuredSecrets(shell);
  if (secrets.length > 0) return secrets;
  const { signingSecret } = await readCredentials(shell);
  if (signingSecret !== undefined) return [signingSecret];
  throw noSecret(shell);
}

/** Returns the secrets that are not used because others were given, and their source. */
export async function otherSecrets(
  shell: Shell,
): Promise<readonly { readonly where: string; readonly secrets: readonly string[] }[]> {
  const { signingSecret } = await readCredentials(shell).catch((): Credentials => ({}));
  const none = { name: "SESSIONHOOK_SECRETS", secrets: [] };
  const { name, secrets } = await configuredSecrets(shell).catch((): Configured => none);
  return [
    { where: name, secrets },
    { where: credentialsPath(shell), secrets: signingSecret === undefined ? [] : [signingSecret] },
  ];
}

function noSecret(shell: Shell) {
  return usageError(
    `There is no signing secret: give --secret, or the server's SESSIONHOOK_SECRETS or SESSIONHOOK_SECRETS_FILE; a server without them creates one in ${credentialsPath(shell)}`,
  );
}

/** Returns the bearer token of the admin API. */
export async function adminToken(shell: Shell, given: string | undefined): Promise<string> {
  const token = given ?? (await configuredToken(shell)) ?? (await readCredentials(shell)).adminToken;
  if (token === undefined) {
    throw usageError(
      `There is no admin token: give --token, or the server's SESSIONHOOK_ADMIN_TOKEN or SESSIONHOOK_ADMIN_TOKEN_FILE; a server without them creates one in ${credentialsPath(shell)}`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token))
    throw usageError("The admin token holds a character no HTTP header can carry");
  return token;
}

async function configuredToken(shell: Shell): Promise<string | undefined> {
  const token = (await secretSetting(shell, "SESSIONHOOK_ADMIN_TOKEN")).value?.trim();
  return token === "" ? undefined : token;
}

/** Returns SESSIONHOOK_SECRET_ENCODING, by default `auto`. */
function secretEncoding(shell: Shell): SecretEncoding {
  const value = setting(shell, "SESSIONHOOK_SECRET_ENCODING") ?? "auto";
  if (value !== "auto" && value !== "base64" && value !== "utf8") {
    throw usageError("SESSIONHOOK_SECRET_ENCODING must be auto, base64 or utf8");
  }
  return value;
}

/** Returns the settings of the server that decide which secrets are accepted, and how they are read. */
export function secretOptions(shell: Shell): { secretEncoding: SecretEncoding; allowShortSecrets: boolean } {
  const allowShortSecrets = setting(shell, "SESSIONHOOK_ALLOW_SHORT_SECRETS") === "true";
  return { secretEncoding: secretEncoding(shell), allowShortSecrets };
}

/** Returns the error for a secret that cannot be used. */
export function secretError({ message }: Error) {
  return usageError(withSettingNames(message));
}
