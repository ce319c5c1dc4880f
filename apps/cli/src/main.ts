#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { runCli } from "./cli.js";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const interruption = new AbortController();

// A reader that closes the pipe (`| head`) is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

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
