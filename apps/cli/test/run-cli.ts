import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Setup {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  /** Called when the process runs, with a function that sends it a signal: SIGINT by default. */
  readonly onStart?: (interrupt: (signal?: NodeJS.Signals) => void) => void;
  /** Called with the whole standard output whenever the process has written to it. */
  readonly onOutput?: (stdout: string) => void;
}

const bundle = inject("cli");
/** The program and the arguments that start `sessionhook`. */
export const sessionhook = [process.execPath, join(bundle, "dist", "main.js")] as const;
/** Without it each process compiles the same JavaScript. */
const compileCache = join(bundle, "compiled");

/** Runs `sessionhook` as a separate process with only the given environment. */
export function runCli(args: readonly string[], setup: Setup = {}): Promise<Result> {
  const [node, ...before] = sessionhook;
  return run(node, [...before, ...args], setup);
}

/**
 * Runs `sessionhook` within a script of bash.
 * @param script contains `"$@"`, which is the command line
 * @returns the result of the script
 */
export function runInShell(script: string, args: readonly string[], setup: Setup = {}): Promise<Result> {
  return run("bash", ["--norc", "-c", script, "bash", ...sessionhook, ...args], setup);
}

async function run(file: string, args: readonly string[], setup: Setup): Promise<Result> {
  const child = spawn(file, args, {
    cwd: setup.cwd ?? tmpdir(),
    env: { PATH: process.env["PATH"] ?? "", NODE_COMPILE_CACHE: compileCache, ...setup.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const result: Result = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (result.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (result.stderr += text));
  child.stdin.on("error", () => undefined).end(setup.stdin ?? "");
  child.stdout.on("data", () => setup.onOutput?.(result.stdout));
  setup.onStart?.((signal = "SIGINT") => child.kill(signal));
  result.code = await new Promise((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  return result;
}

/** A folder that is removed at the end of the test. */
export async function scratch(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), "sessionhook-cli-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
