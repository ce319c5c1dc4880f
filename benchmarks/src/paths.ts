import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What benchmarks build once and use again. */
export function cacheFolder(name: string): string {
  const folder = join(root, "node_modules", ".cache", "sessionhook-bench", name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
