import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface Child {
  readonly process: ChildProcessByStdio<null, Readable, null>;
  readonly lines: Interface;
  /** Ends the child at once, with SIGKILL, and waits until it is gone and its output read. */
  kill(): Promise<void>;
}

/** Runs one of the scripts of this folder as a process. */
export function startChild(script: string, ...args: string[]): Child {
  const flags = ["--conditions=@sessionhook/source", "--import", here("./source-hooks.ts")];
  // The flags are Node's, so the child runs on Node under every runtime.
  const node = "bun" in process.versions || "deno" in process.versions ? "node" : process.execPath;
  const child = spawn(node, [...flags, here(script), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout);
  const closed = Promise.all([once(child, "close"), once(lines, "close")]);
  return {
    process: child,
    lines,
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
