import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the bundled command line. */
    cli: string;
  }
}

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Bundles the command line from its TypeScript sources once for all tests, so that none uses an old build: a process that
 * loads its three hundred modules one by one takes two to three times as long.
 */
export async function setup(project: TestProject): Promise<() => void> {
  const cache = join(root, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "bundled-cli-"));
  // Some tests run it as another user.
  chmodSync(folder, 0o755);
  copyFileSync(join(root, "apps/cli/package.json"), join(folder, "package.json"));
  await build({
    entryPoints: [
      join(root, "apps/cli/src/main.ts"),
      join(root, "packages/stores/src/sqlite/facts/records-thread-entry.ts"),
    ],
    outdir: join(folder, "dist"),
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    platform: "node",
    mainFields: ["module", "main"],
    target: "node22",
    format: "esm",
    conditions: ["@sessionhook/source", "module"],
    logLevel: "error",
  });
  project.provide("cli", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
