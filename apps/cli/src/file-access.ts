import { accessSync, constants, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileErrorCode, reasonOf } from "@sessionhook/stores/file-error";
import { type CliError, failure } from "./cli-error.js";

/** Advice for a file that belongs to another user. */
export const asServerUser = "run this command as the user of the server";

/**
 * Returns the stats of a path; undefined if nothing is there.
 * @throws CliError if this user may not look there
 */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw fileFailure(path, error, "used");
  }
}

/** Throws if this user may not read the file. */
export function requireReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw fileFailure(path, error, "read");
  }
}

/** Returns the reason why a folder takes no files from this user; undefined if it does. */
export function folderRefusal(folder: string): string | undefined {
  return refusal(folder, constants.W_OK | constants.X_OK);
}

/** Returns the error for a database that this user may not use; undefined if the permissions are not the reason. */
export function databaseRefusal(path: string, cause: unknown): CliError | undefined {
  const folder = dirname(path);
  const reasons = { [folder]: folderRefusal(folder), [path]: refusal(path, constants.R_OK | constants.W_OK) };
  for (const [at, reason] of Object.entries(reasons))
    if (reason !== undefined)
      return failure("file_error", `${at} cannot be used: ${reason}; ${adviceFor(reason)}`, { cause });
  return undefined;
}

function adviceFor(reason: string): string {
  return reason.includes("EROFS")
    ? "copy the folder to a file system that is not, and use that"
    : asServerUser;
}

/**
 * Returns the error for a path that cannot be used, with the reason and the user id.
 * @throws the error itself if it is not of the file system
 */
export function fileFailure(path: string, error: unknown, use: "used" | "read" | "written"): CliError {
  const code = fileErrorCode(error);
  // Folders such as /proc answer this to whatever is created in them.
  const message =
    code === "ENOENT" && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
      ? `The folder ${path} takes no new files (ENOENT); choose another one`
      : `${path} cannot be ${use}: ${reasonOf(error)}`;
  const advice = code === "EACCES" || code === "EPERM" ? `; ${asServerUser}, or give this user access` : "";
  return failure("file_error", message + advice, { cause: error });
}

function refusal(path: string, mode: number): string | undefined {
  try {
    accessSync(path, mode);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
