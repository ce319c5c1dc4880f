import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StoreError } from "@sessionhook/core";
import { type CliError, failure, usageError } from "./cli-error.js";
import { setting, type Shell } from "./shell.js";

/** The SQLite file that SESSIONHOOK_STORE names. */
export function databaseFile(shell: Shell): string {
  const store = setting(shell, "SESSIONHOOK_STORE") ?? "sqlite:./data/sessionhook.db";
  const path = store.startsWith("sqlite:") ? store.slice("sqlite:".length) : "";
  if (path === "")
    throw usageError("SESSIONHOOK_STORE must be sqlite:<path>; other stores have backups of their own");
  return resolve(shell.cwd, path);
}

/** Fails unless there is such a file. */
export function requireFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw usageError(`There is no file ${path}`);
}

/** Fails unless a file can be put there, as far as its folder goes. */
export function requireFolder(path: string): void {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw usageError(`There is no folder ${folder}`);
}

/** What a store or the file system said, for people. */
export function storeFailure(error: unknown): CliError {
  if (StoreError.isInstance(error)) return failure(error.code, error.message, { cause: error });
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === "EEXIST") return usageError(`There is already a file ${dest ?? path ?? ""}`, { cause: error });
  if (code === undefined) throw error;
  return failure("file_error", `${dest ?? path ?? "A file"} cannot be written: ${code}`, { cause: error });
}
