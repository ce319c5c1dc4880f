import { mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";

/**
 * Creates a folder and its missing parents, and syncs the parent of each. The `recursive` option of Node is not used: where
 * a file system answers ENOENT below a folder that exists, as /proc does, it tries again for ever. A parent that Deno does not permit
 * to read is taken to exist, and is not synced.
 * @throws the error of the file system; EPERM where the file system has no such folder and creates none
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (
    let path = folder;
    !(await (path === folder ? isFolder(path) : isParent(path)));
    path = dirname(path)
  ) {
    missing.unshift(path);
    if (dirname(path) === path) break;
  }
  for (const path of missing) {
    await makeOne(path);
    await syncFolder(dirname(path)).catch(unlessForbidden);
  }
}

const isParent = (path: string) => isFolder(path).catch(unlessForbidden);

/** @throws any error but that of a missing permission of Deno */
function unlessForbidden(error: unknown): true {
  if (error instanceof Error && error.name === "NotCapable") return true;
  throw error;
}

/** Creates one folder, unless another process was faster. */
async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = codeOf(error);
    // A symbolic link to nothing exists too.
    if (code === "EEXIST" && (await isFolder(path))) return;
    if (code === "ENOENT" && (await isFolder(dirname(path))))
      throw Object.assign(new Error("No folder can be created here", { cause: error }), { code: "EPERM" });
    throw error;
  }
}

/**
 * Returns false for a path that does not exist.
 * @throws an error with the code ENOTDIR for a path that is not a folder, or is below a file
 */
async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
  throw Object.assign(new Error("The path is not a folder"), { code: "ENOTDIR" });
}

const codeOf = (error: unknown) => (error as { readonly code?: unknown }).code;

/** Syncs a folder, so that its file names survive a power failure. Windows has no such operation. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
