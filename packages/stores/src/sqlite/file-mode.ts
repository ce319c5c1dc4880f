import { chmodSync } from "node:fs";
import process from "node:process";
import type { DatabasePaths } from "./compare-files.js";
import { statOf } from "./file-stat.js";

const others = 0o077n;

/** Removes the permissions of group and others from the files of a database, or warns if it cannot. */
export function removeOthersAccess(
  paths: DatabasePaths,
  onWarning: ((text: string) => void) | undefined,
): void {
  if (process.platform === "win32") return;
  for (const path of [paths.database, paths.log, paths.index]) {
    if (!isOpen(path)) continue;
    let reason = "the file system does not store it";
    try {
      chmodSync(path, 0o600);
    } catch (error) {
      reason = (error as { code?: string }).code ?? "not permitted";
    }
    if (isOpen(path)) onWarning?.(`Other users may read ${path}, and its mode cannot be changed (${reason})`);
  }
}

function isOpen(path: string): boolean {
  return ((statOf(path)?.mode ?? 0n) & others) !== 0n;
}
