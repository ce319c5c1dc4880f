import { dirname, resolve } from "node:path";
import { StoreError } from "@sessionhook/core";
import { type CliError, failure, usageError } from "./cli-error.js";
import type { Shell } from "./shell.js";
import { databaseRefusal, fileFailure, requireReadable, statsOf } from "./file-access.js";
import { storeAddress } from "./store-address.js";
import { makeFolders } from "@sessionhook/stores/make-folders";
import { reasonOf } from "@sessionhook/stores/file-error";

/** Returns the SQLite file that SESSIONHOOK_STORE names. */
export function databaseFile(shell: Shell): string {
  const store = storeAddress(shell);
  if (store.scheme !== "sqlite")
    throw usageError(
      "SESSIONHOOK_STORE must be sqlite:<path>; other stores are backed up with their own tools",
    );
  return resolve(shell.cwd, store.path);
}

/** Throws if the file does not exist, or this user may not read it. */
export function requireFile(path: string, remedy = ""): void {
  if (statsOf(path)?.isFile() !== true) throw usageError(`There is no file ${path}${remedy}`);
  requireReadable(path);
}

/** Throws if the database of SESSIONHOOK_STORE does not exist. */
export function requireDatabase(path: string): void {
  requireFile(path, "; set SESSIONHOOK_STORE, or run this command in the folder of the server");
}

/** Throws if the folder of the file does not exist. */
export function requireFolder(path: string): void {
  const folder = dirname(path);
  if (statsOf(folder)?.isDirectory() !== true) throw usageError(`There is no folder ${folder}`);
}

/**
 * Creates the folder of the file, readable by its owner alone, if it does not exist.
 * @throws CliError if it cannot be created
 */
export function createFolder(path: string): void {
  const folder = dirname(path);
  try {
    makeFolders(folder);
  } catch (error) {
    throw usageError(`The folder ${folder} cannot be created: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * Converts an error of a store or the file system to one for users.
 * @param database its path, where a missing permission on it can be the reason
 */
export function storeFailure(error: unknown, database?: string): CliError {
  if (StoreError.isInstance(error)) {
    const refused = database === undefined ? undefined : databaseRefusal(database, error);
    return refused ?? failure(error.code, error.message, { cause: error });
  }
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === "EEXIST") return usageError(`The file ${dest ?? path ?? ""} already exists`, { cause: error });
  if (code === undefined) throw error;
  return fileFailure(dest ?? path ?? "A file", error, "written");
}
