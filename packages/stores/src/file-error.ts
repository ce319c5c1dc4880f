import { constants } from "node:os";
import process from "node:process";

const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left",
  EDQUOT: "the disk quota is used up",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a parent of it is a file, not a folder",
  EISDIR: "it is a folder",
  EEXIST: "a file has this name, or a parent of it",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  EIO: "reading or writing failed",
};

/**
 * Returns the reason of a file system error with its code and the user, such as
 * `permission denied (EACCES, user id 1000)`.
 * @throws the error itself if it is of another kind
 */
export function reasonOf(error: unknown): string {
  // The message names the flag that permits it.
  if (error instanceof Error && error.name === "NotCapable")
    return `Deno does not permit it: ${error.message}`;
  const code = fileErrorCode(error);
  if (code === undefined) throw error;
  const details = [code, userId()].filter((detail) => detail !== undefined).join(", ");
  return words[code] === undefined ? details : `${words[code]} (${details})`;
}

/** Returns the code of an error of the operating system; undefined for other errors. */
export function fileErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name === "NotCapable") return undefined;
  const { code, message } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && /^E[A-Z0-9]+$/.test(code)) return code;
  // Deno gives a code to the common errors only.
  const number = Number(/\(os error (\d+)\)/.exec(message)?.[1]);
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0];
}

/** Returns `user id 1000`; undefined on Windows, and on Deno without `--allow-sys=uid`. */
export function userId(): string | undefined {
  try {
    const id = process.getuid?.();
    return id === undefined ? undefined : `user id ${id}`;
  } catch {
    return undefined;
  }
}
