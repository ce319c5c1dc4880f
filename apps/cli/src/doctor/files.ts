import { statfsSync, type Stats, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { StoreError } from "@sessionhook/core";
import { dataFolderOf, type StoreAddress } from "@sessionhook/stores/address";
import { asServerUser, folderRefusal } from "../file-access.js";
import type { Shell } from "../shell.js";
import { reasonOf } from "@sessionhook/stores/file-error";
import { backupFinding } from "./backup.js";
import { type Finding, findingsOf } from "./finding.js";
import { checkSpace } from "./space.js";

const folderFinding = findingsOf("data folder");
const storeFinding = findingsOf("store");
const credentialsFinding = findingsOf("credentials");

/** Checks the data folder, its disk, the credentials and the SQLite file, without changing them. */
export async function checkFiles(shell: Shell, store: StoreAddress): Promise<Finding[]> {
  if (store.scheme === "d1" || store.scheme === "dynamodb")
    return [storeFinding("not checked", `${store.scheme} is not on this machine`)];
  const folder = resolve(shell.cwd, dataFolderOf(store));
  const found = stat(folder);
  if (!(found instanceof Object)) return missingFolder(folder, found);
  if (!found.isDirectory())
    return [folderFinding("failed", `${folder} is a file, not a folder`, "correct SESSIONHOOK_STORE")];
  const findings = [checkFolder(folder, found), checkSpace(statfsSync(folder, { bigint: true }), folder)];
  findings.push(checkCredentials(join(folder, "credentials.json")));
  if (store.scheme === "memory")
    findings.push(
      storeFinding("warning", "memory: events are lost when the server stops", "set SESSIONHOOK_STORE"),
    );
  else findings.push(...(await checkDatabaseFile(shell, resolve(shell.cwd, store.path))));
  return findings;
}

/** Returns the stats of a path, or the reason why there are none; undefined if nothing is there. */
function stat(path: string): Stats | string | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return reasonOf(error);
  }
}

function missingFolder(folder: string, reason: string | undefined): Finding[] {
  if (reason !== undefined)
    return [folderFinding("failed", `${folder} cannot be used: ${reason}`, "correct SESSIONHOOK_STORE")];
  let parent = dirname(folder);
  while (stat(parent) === undefined && dirname(parent) !== parent) parent = dirname(parent);
  const refused = folderRefusal(parent);
  if (refused !== undefined)
    return [
      folderFinding(
        "failed",
        `${folder} cannot be created in ${parent}: ${refused}`,
        "create it and give it to the user of the server",
      ),
    ];
  return [
    folderFinding("ok", `${folder} does not exist yet; the server creates it at its first start`),
    checkSpace(statfsSync(parent, { bigint: true }), parent),
  ];
}

function checkFolder(folder: string, found: Stats): Finding {
  const refused = folderRefusal(folder);
  if (refused !== undefined)
    return folderFinding(
      "failed",
      `${folder} cannot be written: ${refused}; its owner is user id ${found.uid}, its mode ${modeOf(found)}`,
      refused.includes("EROFS")
        ? "make its file system writable: the kernel makes one read-only after errors of the disk (see dmesg)"
        : `give it to the user of the server (chown), or ${asServerUser}`,
    );
  if (process.platform !== "win32" && (found.mode & 0o002) !== 0)
    return folderFinding(
      "warning",
      `every user can write to ${folder} (mode ${modeOf(found)})`,
      `chmod 700 ${folder}`,
    );
  return folderFinding("ok", `${folder} is writable (owner ${found.uid}, mode ${modeOf(found)})`);
}

const modeOf = ({ mode }: Stats) => (mode & 0o777).toString(8).padStart(4, "0");

function checkCredentials(file: string): Finding {
  const found = stat(file);
  if (found === undefined)
    return credentialsFinding(
      "ok",
      "there is no credentials.json: the settings hold the credentials, or the first start makes them",
    );
  if (typeof found === "string") return credentialsFinding("failed", `${file}: ${found}`);
  return (
    privateFile(file, found, credentialsFinding) ??
    credentialsFinding("ok", `${file} is readable by its owner alone`)
  );
}

function privateFile(file: string, found: Stats, finding: typeof storeFinding): Finding | undefined {
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0)
    return finding(
      "warning",
      `other users have access to ${file} (mode ${modeOf(found)})`,
      `chmod 600 ${file}`,
    );
  const user = process.getuid?.();
  if (user !== undefined && user !== 0 && user !== found.uid)
    return finding(
      "warning",
      `${file} belongs to user id ${found.uid}, and this is user id ${user}`,
      asServerUser,
    );
  return undefined;
}

async function checkDatabaseFile(shell: Shell, path: string): Promise<Finding[]> {
  const found = stat(path);
  if (found === undefined)
    return [storeFinding("ok", `${path} does not exist yet; the server creates it at its first start`)];
  if (typeof found === "string") return [storeFinding("failed", `${path}: ${found}`)];
  const { checkDatabase, lastBackupAt } = await import("@sessionhook/stores/sqlite");
  try {
    const bytes = checkDatabase(path);
    return [
      privateFile(path, found, storeFinding) ??
        storeFinding("ok", `${path} is an event store of ${bytes} bytes`),
      backupFinding(shell, () => lastBackupAt(path)),
    ];
  } catch (error) {
    if (!StoreError.isInstance(error)) throw error;
    return [
      storeFinding(
        "failed",
        `${path} (${error.code}): ${error.message}`,
        error.message.startsWith("The disk is full")
          ? "free space: the server cannot start without it"
          : "correct it, or restore a backup (docs/backup.md)",
      ),
    ];
  }
}
