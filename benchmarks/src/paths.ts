import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Creates a folder for files that benchmarks build once and reuse, and returns its path. */
export function cacheFolder(name: string): string {
  const folder = join(root, "node_modules", ".cache", "sessionhook-bench", name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
