import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { factProblems } from "../body/fact-problems.js";
import type { ConfigProblem } from "../driver.js";
import type { FilesConfig } from "./config.js";

/** Returns every problem of the keys. A folder that does not exist is none: the first event creates it. */
export async function filesProblems(
  { path, body }: FilesConfig,
  folder?: string,
): Promise<readonly ConfigProblem[]> {
  const message = folder === undefined ? undefined : await pathProblem(resolve(folder, path));
  return [...(message === undefined ? [] : [{ path: ["path"], message }]), ...factProblems(body)];
}

async function pathProblem(path: string): Promise<string | undefined> {
  for (let at = path; ; at = dirname(at)) {
    try {
      if ((await stat(at)).isDirectory()) return undefined;
      return at === path
        ? "is a file; it must be a folder, or a path where none exists yet"
        : "is below a file; it must be a folder, or a path where none exists yet";
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      // What cannot be seen, for example for lack of a permission, is reported as the state of the destination.
      if ((code !== "ENOENT" && code !== "ENOTDIR") || dirname(at) === at) return undefined;
    }
  }
}
