import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

const become = new URL("become.mjs", import.meta.url).href;
const program =
  'process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); console.log("serving");';

/** As npm starts a script: a shell that runs it. It prepares something until `go`, and becomes `program`. */
function start() {
  const script = `
    import { readSync } from "node:fs";
    import { become } from ${JSON.stringify(become)};
    console.log("preparing, " + process.pid);
    readSync(0, Buffer.alloc(1));
    become(process.execPath, ["-e", ${JSON.stringify(program)}], process.cwd());`;
  const env = { ...process.env, npm_lifecycle_event: "start", NODE: process.execPath, SCRIPT: script };
  const command = '"$NODE" --input-type=module -e "$SCRIPT"; echo "ended with $?"';
  return spawn("sh", ["-c", command], { env, stdio: ["pipe", "pipe", "inherit"] });
}

/** Lets the script go on: it waits for its input to end. */
const go = (shell: ReturnType<typeof start>) => shell.stdin.end();

/** Ends only when the last process that could write to it has ended. */
const everythingOf = (shell: ReturnType<typeof start>) => text(shell.stdout);

/** The process id of the script, once everything so far contains a word. */
function saying(shell: ReturnType<typeof start>, word: string): Promise<number> {
  let said = "";
  return new Promise((resolve) => {
    shell.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(word)) resolve(Number(/preparing, (\d+)\n/.exec(said)?.[1]));
    });
  });
}

describe("handing over to a program", () => {
  it("ends it when the shell of npm has ended", async () => {
    const shell = start();
    const output = everythingOf(shell);
    go(shell);
    await saying(shell, "serving");
    shell.kill("SIGTERM");
    expect(await output).toMatch(/^preparing, \d+\nserving\n$/);
  });

  it("does not start it when the shell ended before", async () => {
    const shell = start();
    const output = everythingOf(shell);
    await saying(shell, "\n");
    const ended = once(shell, "exit");
    shell.kill("SIGTERM");
    await ended;
    go(shell);
    expect(await output).toMatch(/^preparing, \d+\n$/);
  });

  it("passes signals on, and the exit code back", async () => {
    const shell = start();
    const output = everythingOf(shell);
    go(shell);
    process.kill(await saying(shell, "serving"), "SIGTERM");
    expect(await output).toMatch(/^preparing, \d+\nserving\nended with 7\n$/);
  });
});
