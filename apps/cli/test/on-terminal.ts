import { PassThrough } from "node:stream";
import { runCli } from "../src/cli.js";
import type { Result } from "./run-cli.js";

/** Runs `sessionhook` in this process, with a terminal for its output. */
export async function onTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stdin: NodeJS.ReadableStream & { isTTY?: boolean } = new PassThrough().end(),
): Promise<Result> {
  const result: Result = { code: null, stdout: "", stderr: "" };
  const terminal = (name: "stdout" | "stderr") =>
    Object.assign(new PassThrough(), { isTTY: true }).on("data", (chunk) => (result[name] += String(chunk)));
  let failed = false;
  const shell = {
    env,
    cwd: process.cwd(),
    stdin,
    stdout: terminal("stdout"),
    stderr: terminal("stderr"),
    now: Date.now,
    interrupted: new AbortController().signal,
    outputEnded: new AbortController().signal,
    handleInterrupt: () => undefined,
    fail: () => {
      failed = true;
    },
  };
  const code = await runCli(shell, args, "0.0.0");
  // The output is read in the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  return { ...result, code: code === 0 && failed ? 1 : code };
}
