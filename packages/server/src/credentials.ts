import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateSecret } from "@sessionhook/core";
import { SettingsError } from "@sessionhook/app";
import { writeOnce } from "./write-once.js";

/** Credentials that the first start generates. */
interface Credentials {
  readonly signingSecret: string;
  readonly adminToken: string;
}

export interface StoredCredentials extends Credentials {
  readonly file: string;
  /** True if this start created the file. */
  readonly created: boolean;
}

/**
 * Reads `<folder>/credentials.json`; on the first start generates a signing secret and an admin token and writes
 * them to it, readable only by the owner (0600, the folder 0700).
 * @throws SettingsError if the file exists but cannot be used; it is never overwritten
 */
export function loadCredentials(folder: string): StoredCredentials {
  const file = join(folder, "credentials.json");
  const fresh: Credentials = { signingSecret: generateSecret(), adminToken: newToken() };
  makeFolder(folder);
  if (create(file, `${JSON.stringify(fresh, null, 2)}\n`)) return { ...fresh, file, created: true };
  chmodSync(file, 0o600);
  return { ...readCredentials(file), file, created: false };
}

function create(file: string, text: string): boolean {
  try {
    return writeOnce(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Missing permissions of Deno have their own message.
    if (code === undefined) throw error;
    throw new SettingsError([
      { name: file, message: `cannot be written (${code}); free space or set the permissions of its folder` },
    ]);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Missing permissions of Deno have their own message.
    if (code === undefined) throw error;
    throw new SettingsError([
      { name: "SESSIONHOOK_STORE", message: `the folder ${folder} cannot be made (${code})` },
    ]);
  }
}

/** Matches the tokens that a header can carry. */
const isToken = (text: string) => /^[\x21-\x7e]+$/.test(text);

function readCredentials(file: string): Credentials {
  const { signingSecret, adminToken } = parseObject(readFileSync(file, "utf8"));
  if (typeof signingSecret !== "string" || typeof adminToken !== "string" || !isToken(adminToken)) {
    throw new SettingsError([
      { name: file, message: "has no signingSecret and adminToken; fix or remove it" },
    ]);
  }
  return { signingSecret, adminToken };
}

/** Returns the fields of a JSON object; none for anything else. The parser's own message might quote the file. */
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
