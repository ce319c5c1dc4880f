import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generateSecret } from "@sessionhook/core";
import { SettingsError } from "@sessionhook/receiver";

/** What a first start makes for itself. */
interface Credentials {
  readonly signingSecret: string;
  readonly adminToken: string;
}

/** The folder where an app keeps its files: beside the SQLite file, or ./data. */
export function dataFolder(store: string): string {
  return store.startsWith("sqlite:") ? dirname(store.slice("sqlite:".length)) : "data";
}

export interface KeptCredentials extends Credentials {
  readonly file: string;
  /** True when the file was made just now. */
  readonly created: boolean;
}

/**
 * Reads `<folder>/credentials.json`; on a first start makes a signing secret and an admin token and keeps
 * them there, readable by the owner alone (0600, the folder 0700).
 * @throws SettingsError when the file is there but cannot be used; it is never overwritten
 */
export function keepCredentials(folder: string): KeptCredentials {
  const file = join(folder, "credentials.json");
  const fresh: Credentials = { signingSecret: generateSecret(), adminToken: newToken() };
  makeFolder(folder);
  try {
    writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    return { ...fresh, file, created: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  chmodSync(file, 0o600);
  return { ...readCredentials(file), file, created: false };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Not a permission of Deno's: that has words of its own.
    if (code === undefined) throw error;
    throw new SettingsError([
      { name: "SESSIONHOOK_STORE", message: `the folder ${folder} cannot be made (${code})` },
    ]);
  }
}

/** Only such a token can come in a header. */
const isToken = (text: string) => /^[\x21-\x7e]+$/.test(text);

function readCredentials(file: string): Credentials {
  const { signingSecret, adminToken } = parseObject(readFileSync(file, "utf8"));
  if (typeof signingSecret !== "string" || typeof adminToken !== "string" || !isToken(adminToken)) {
    throw new SettingsError([
      { name: file, message: "does not hold a signingSecret and an adminToken; mend or remove it" },
    ]);
  }
  return { signingSecret, adminToken };
}

/** The fields of a JSON object; none for anything else. The parser's own message might quote the file. */
function parseObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function newToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64url");
}
