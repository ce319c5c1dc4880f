import process from "node:process";

const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a parent of it is a file, not a folder",
  EISDIR: "it is a folder",
};

/** Returns the reason of a file system error, such as `permission denied (EACCES, user id 1000)`. */
export function fileReason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  const id = process.getuid?.();
  const details = id === undefined ? code : `${code}, user id ${id}`;
  return words[code] === undefined ? details : `${words[code]} (${details})`;
}
