import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** Returns the program and the arguments that start a server with these settings. */
export type Command = (env: Readonly<Record<string, string>>) => {
  readonly file: string;
  readonly args: readonly string[];
};

export interface ProcessOptions {
  /** Length of the output to remember, in characters, counted from its end. Default: all of it. */
  readonly maxOutput?: number;
  /** Longest wait for the endpoint or the end, in milliseconds; it is for what hangs. Default: a minute. */
  readonly patienceMs?: number;
}

/** A server as a process that prints its endpoint, `http://…/webhooks`, once it listens. It can be started again. */
export class ListeningProcess {
  readonly #command: Command;
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly #maxOutput: number;
  readonly #patience: number;
  #child: ChildProcess | undefined;
  #closed: Promise<unknown> | undefined;
  #onOutput = (): void => undefined;
  output = "";
  /** The origin of the endpoint, once the process has printed it; empty before. It remains when the process ends. */
  printedOrigin = "";

  /** @param env all that the process gets, besides PATH: variables of the machine would change the server under test */
  constructor(command: Command, folder: string, env: Record<string, string>, options: ProcessOptions = {}) {
    this.#command = command;
    this.folder = folder;
    this.env = env;
    this.#maxOutput = options.maxOutput ?? Number.POSITIVE_INFINITY;
    this.#patience = options.patienceMs ?? 60_000;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get running(): boolean {
    return this.#child !== undefined && this.ended === undefined;
  }

  /** The exit code, or the signal that ended the process; undefined before. */
  get ended(): number | string | undefined {
    return this.#child?.exitCode ?? this.#child?.signalCode ?? undefined;
  }

  /** Starts the process without waiting for it to listen. */
  launch(): ChildProcess {
    const { file, args } = this.#command(this.env);
    const child = spawn(file, args, {
      cwd: this.folder,
      env: { PATH: process.env["PATH"] ?? "", ...this.env },
    });
    this.#child = child;
    this.#closed = once(child, "close");
    this.output = "";
    this.printedOrigin = "";
    const read = (chunk: Buffer) => {
      // The last output of a killed process may arrive after the next process has started.
      if (child !== this.#child) return;
      this.output = (this.output + chunk.toString()).slice(-this.#maxOutput);
      if (this.printedOrigin !== "") return;
      this.printedOrigin = /(http:\/\/\S+)\/webhooks/.exec(this.output)?.[1] ?? "";
      this.#onOutput();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    return child;
  }

  /** Launches the process and waits until it listens. Rejects with its output when it ends before, or hangs. */
  async listen(): Promise<void> {
    const child = this.launch();
    const printed = new Promise<void>((resolve) => {
      this.#onOutput = () => this.printedOrigin !== "" && resolve();
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), this.#patience);
    await Promise.race([printed, this.#closed]);
    clearTimeout(timer);
    if (this.printedOrigin === "") throw new Error(`exit ${this.ended}: ${this.output}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Sends a signal and waits for the end of the process and its output; SIGKILL follows when it hangs. */
  async end(signal: NodeJS.Signals): Promise<number | string | undefined> {
    if (this.running) {
      this.signal("SIGCONT");
      this.signal(signal);
    }
    return this.wait();
  }

  /** Waits until the process has ended by itself; kills it when it hangs. */
  async wait(): Promise<number | string | undefined> {
    const timer = setTimeout(() => this.signal("SIGKILL"), this.#patience);
    await this.#closed;
    clearTimeout(timer);
    return this.ended;
  }

  /** Stops reading what the process prints, as a terminal that is gone. */
  stopReading(): void {
    this.#child?.stdout?.destroy();
    this.#child?.stderr?.destroy();
  }

  /** Returns the current and the highest resident memory in MiB. */
  memory(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, "utf8");
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0) / 1024;
    return { now: of("VmRSS"), peak: of("VmHWM") };
  }
}
