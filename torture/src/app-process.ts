import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { type Command, settings } from "./apps.ts";

/** Longest output kept for a message, in characters. */
const maxOutput = 20_000;
/** Longest an app may take to listen, to refuse to, or to end, in milliseconds: for what hangs. */
const patience = 60_000;

/** An app as a real process. Its folder outlives it: `start` again is a restart. */
export class AppProcess {
  readonly #command: Command;
  readonly #folder: string;
  readonly env: Record<string, string>;
  #child: ChildProcess | undefined;
  #closed: Promise<unknown> | undefined;
  output = "";
  /** Undefined while it does not listen. */
  origin: string | undefined;

  constructor(command: Command, folder: string, env: Record<string, string> = {}) {
    this.#command = command;
    this.#folder = folder;
    this.env = { ...settings, ...env };
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the process without waiting for it to listen. */
  launch(): ChildProcess {
    mkdirSync(this.#folder, { recursive: true });
    const { file, args } = this.#command(this.env);
    const env = { PATH: process.env["PATH"] ?? "", ...this.env };
    const child = spawn(file, args, { cwd: this.#folder, env });
    this.#child = child;
    this.#closed = once(child, "close");
    this.output = "";
    this.origin = undefined;
    const read = (chunk: Buffer) => {
      // What a process said just before it was killed may be read only after it is gone, or after the next has begun.
      if (child !== this.#child) return;
      if (this.output.length < maxOutput) this.output += chunk.toString();
      if (this.running) this.origin ??= /(http:\/\/\S+)\/webhooks/.exec(this.output)?.[1];
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", () => {
      if (child === this.#child) this.origin = undefined;
    });
    return child;
  }

  /** Resolves with the address once it listens; rejects with its output when it ends before, or after `patience`. */
  async start(): Promise<string> {
    const child = this.launch();
    const deadline = performance.now() + patience;
    while (this.origin === undefined) {
      if (!this.running) {
        await this.#closed;
        throw new Error(`exit ${child.exitCode ?? child.signalCode}: ${this.output}`);
      }
      if (performance.now() > deadline)
        throw new Error(`does not listen after ${patience} ms: ${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.origin;
  }

  /** For an app that must refuse to start: its exit code and what it said. */
  async refuse(): Promise<{ code: number | null; output: string }> {
    const child = this.launch();
    const timer = setTimeout(() => child.kill("SIGKILL"), patience);
    await this.#closed;
    clearTimeout(timer);
    return { code: child.exitCode, output: this.output };
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Sends a signal and waits for the end; the exit code, or the signal that ended it: SIGKILL when it hangs. */
  async end(signal: NodeJS.Signals): Promise<number | string | undefined> {
    const child = this.#child;
    if (child === undefined) return undefined;
    if (this.running) {
      const exit = once(child, "exit");
      child.kill("SIGCONT");
      child.kill(signal);
      const timer = setTimeout(() => child.kill("SIGKILL"), patience);
      await exit;
      clearTimeout(timer);
    }
    return child.exitCode ?? child.signalCode ?? undefined;
  }

  /** File descriptors that are open. */
  get openFiles(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** Memory in MiB: resident now, and the most it ever was. */
  memory(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, "utf8");
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0) / 1024;
    return { now: of("VmRSS"), peak: of("VmHWM") };
  }
}
