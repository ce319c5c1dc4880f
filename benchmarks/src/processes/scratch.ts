import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeServers } from "./server-process.ts";

/**
 * Folders for one run: on disk for databases, in memory (where there is such a place) for requests, since what is read
 * from there must not disturb the disk that is measured.
 */
export interface Scratch {
  readonly disk: string;
  readonly memory: string;
}

/** Runs `work` with folders that are gone afterwards, servers too, also when it fails and when it is interrupted. */
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
