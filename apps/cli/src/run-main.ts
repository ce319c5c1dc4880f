import { readFileSync } from "node:fs";
import { runCli } from "./cli.js";
import { endOf, written } from "./standard-output.js";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const interruption = new AbortController();
let exits = false;

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
    exitWhenDone: () => {
      exits = true;
    },
    fail: () => {
      process.exitCode = 1;
    },
  },
  process.argv.slice(2),
  manifest.version,
);
if (code !== 0) process.exitCode = code;
if (exits) {
  // On some systems pipes are written asynchronously, and `exit` would drop the rest.
  await Promise.all([process.stdout, process.stderr].map(written));
  process.exit();
}
