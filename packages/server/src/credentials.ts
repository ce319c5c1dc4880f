import { chmodSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { generateSecret } from "@sessionhook/core";
import { SettingsError } from "@sessionhook/app";
import { reasonOf } from "@sessionhook/stores/file-error";
import { makeFolders } from "@sessionhook/stores/make-folders";
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
  /** A warning for the operator; the file can be used nevertheless. */
  readonly warning: string | undefined;
}

/**
 * Reads `<folder>/credentials.json`; on the first start generates a signing secret and an admin token and writes
 * them to it, readable only by the owner (0600, the folder 0700).
 * @throws SettingsError if the file exists but cannot be used; it is never overwritten
 */
export function loadCredentials(folder: string): StoredCredentials {
  const file = join(resolve(folder), "credentials.json");
  // First, because the disk may be full or read-only.
  if (hasContent(file)) return readStored(file);
  const fresh: Credentials = { signingSecret: generateSecret(), adminToken: newToken() };
  makeFolder(resolve(folder));
  if (create(file, `${JSON.stringify(fresh, null, 2)}\n`))
    return { ...fresh, file, created: true, warning: undefined };
  return readStored(file);
}

/** Returns false if there is no such file or it is out of reach: creating it then fails with the reason. */
function hasContent(file: string): boolean {
  try {
    return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
  } catch {
    return false;
  }
}

function readStored(file: string): StoredCredentials {
  return { ...readCredentials(file), file, created: false, warning: removeOthersAccess(file) };
}

/** Removes the permissions of group and others. Returns a warning if that fails, as on a read-only file system. */
function removeOthersAccess(file: string): string | undefined {
  if (process.platform === "win32" || (statSync(file).mode & 0o077) === 0) return undefined;
  try {
    chmodSync(file, 0o600);
    return undefined;
  } catch (error) {
    return `Other users may read ${file}, and its mode cannot be changed: ${reasonOf(error)}`;
  }
}

function create(file: string, text: string): boolean {
  try {
    return writeOnce(file, text);
  } catch (error) {
    const reason = reasonOf(error);
    throw new SettingsError([
      {
        name: file,
        message: `cannot be written: ${reason}; free space or set the permissions of its folder`,
      },
    ]);
  }
}

function makeFolder(folder: string): void {
  try {
    makeFolders(folder);
  } catch (error) {
    throw new SettingsError([
      { name: "SESSIONHOOK_STORE", message: `the folder ${folder} cannot be created: ${reasonOf(error)}` },
    ]);
  }
}

const remedy =
  "fix it. If you remove it, the next start creates another signing secret: first copy signingSecret out of it, if the provider uses that.";

/** Matches the tokens that a header can carry. */
const isToken = (text: string) => /^[\x21-\x7e]+$/.test(text);

function readCredentials(file: string): Credentials {
  const { signingSecret, adminToken } = parseObject(file, readText(file));
  const problems: string[] = [];
  if (typeof signingSecret !== "string") problems.push("signingSecret must be a text");
  if (typeof adminToken !== "string" || !isToken(adminToken))
    problems.push("adminToken must be a text of visible ASCII characters without spaces");
  if (typeof signingSecret !== "string" || typeof adminToken !== "string" || problems.length > 0)
    throw new SettingsError([{ name: file, message: `${problems.join(", and ")}; ${remedy}` }]);
  return { signingSecret, adminToken };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const message = `cannot be read: ${reasonOf(error)}; set its permissions, or remove it for new credentials`;
    throw new SettingsError([{ name: file, message }]);
  }
}

/**
 * Returns the fields of a JSON object; none for another JSON value.
 * @throws SettingsError for a text that is not JSON, without the parser's own message, which might quote the file
 */
function parseObject(file: string, text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    const message = "is not valid JSON, perhaps because only a part of it was written or restored";
    throw new SettingsError([{ name: file, message: `${message}; ${remedy}` }]);
  }
}

function newToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64url");
}
