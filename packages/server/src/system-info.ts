import { statSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import { type Settings, shownSettings, type SystemInfo } from "@sessionhook/app";

interface Running {
  readonly settings: Settings;
  /** Path of the configuration file; undefined without one. */
  readonly configFile: string | undefined;
  /** Unix milliseconds. */
  readonly startedAt: number;
}

/** Returns what the status page shows about this process. */
export function systemInfo({ settings, configFile, startedAt }: Running): SystemInfo {
  const { store } = settings;
  return {
    version: ownVersion(),
    runtime: runtimeName(),
    startedAt,
    storeKind: store.scheme === "sqlite" ? "SQLite" : store.scheme === "memory" ? "Memory" : undefined,
    storeBytes: store.scheme === "sqlite" ? async () => statSync(store.path).size : undefined,
    lastBackupAt: store.scheme === "sqlite" ? () => lastBackupOf(store.path) : undefined,
    settings: shownSettings(settings, configFile),
  };
}

/** The driver is not loaded for a store in memory. */
async function lastBackupOf(path: string): Promise<number | null> {
  const { lastBackupAt } = await import("@sessionhook/stores/sqlite");
  return lastBackupAt(path);
}

function runtimeName(): string {
  const { bun, deno, node } = process.versions as Readonly<Record<string, string | undefined>>;
  return bun !== undefined ? `Bun ${bun}` : deno !== undefined ? `Deno ${deno}` : `Node ${node}`;
}

/** Deno has no permission to read the code as files. */
function ownVersion(): string | undefined {
  try {
    return (createRequire(import.meta.url)("../package.json") as { version: string }).version;
  } catch {
    return undefined;
  }
}
