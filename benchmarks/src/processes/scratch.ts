import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeServers } from "./server-process.ts";

/**
 * Folders for one run. Databases are on disk. Request files are in memory where possible, so that reading them does not
 * disturb the measured disk.
 */
export interface Scratch {
  readonly disk: string;
  readonly memory: string;
}

/** Runs `work` with temporary folders; removes them and stops all servers afterwards, also after a failure or a signal. */
export async function withScratch<T>(work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const make = (parent: string) => mkdtempSync(join(parent, "sessionhook-bench-"));
  const scratch = { disk: make(tmpdir()), memory: make(existsSync("/dev/shm") ? "/dev/shm" : tmpdir()) };
  const remove = () => {
    removeServers();
    for (const folder of Object.values(scratch))
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const stop = () => {
    remove();
    process.exit(130);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(scratch);
  } finally {
    for (const signal of signals) process.off(signal, stop);
    remove();
  }
}
