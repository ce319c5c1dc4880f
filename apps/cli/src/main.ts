#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { runCli } from "./cli.js";
import { endOf } from "./standard-output.js";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const interruption = new AbortController();

// A message that cannot be shown must not end a command in the middle of its work.
process.stderr.on("error", () => undefined);

const code = await runCli(
  {
    env: process.env,
    script: process.argv[1],
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    now: Date.now,
    interrupted: interruption.signal,
    outputEnded: endOf(process.stdout),
    handleInterrupt: () => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interruption.abort());
    },
    fail: () => {
      process.exitCode = 1;
    },
  },
  process.argv.slice(2),
  manifest.version,
);
if (code !== 0) process.exitCode = code;
