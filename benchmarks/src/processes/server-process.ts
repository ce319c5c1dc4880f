import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ServerCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const servers = new Map<ChildProcess, ServerProcess>();

/** Kills every server and removes its folder, for a benchmark that is interrupted. */
export function removeServers(): void {
  for (const [child, server] of servers) {
    child.kill("SIGKILL");
    server.removeFolder();
  }
}

/** A server in its own process and folder. It prints its endpoint as soon as it listens. */
export class ServerProcess {
  readonly folder: string;
  readonly #child: ChildProcess;
  #output = "";
  /** Milliseconds from the start of the process until it printed its endpoint. */
  listeningAfter = NaN;
  url = "";

  private constructor(command: ServerCommand, folder: string) {
    this.folder = folder;
    const env = { PATH: process.env["PATH"] ?? "", ...command.env };
    this.#child = spawn(command.file, command.args, { cwd: folder, env });
    servers.set(this.#child, this);
    this.#child.once("close", () => servers.delete(this.#child));
    const read = (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-20_000));
    this.#child.stdout?.on("data", read);
    this.#child.stderr?.on("data", read);
  }

  /** Resolves when the server listens. Rejects with the server's output when it exits before, or after a minute. */
  static async start(command: ServerCommand, folder = newFolder()): Promise<ServerProcess> {
    const began = performance.now();
    const server = new ServerProcess(command, folder);
    while (server.url === "") {
      const child = server.#child;
      if (child.exitCode !== null || performance.now() - began > 60_000) {
        child.kill("SIGKILL");
        throw new Error(`${command.args.join(" ")} did not start to listen: ${server.#output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
      server.url = /http:\/\/\S+\/webhooks/.exec(server.#output)?.[0] ?? "";
    }
    server.listeningAfter = performance.now() - began;
    return server;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get origin(): string {
    return new URL(this.url).origin;
  }

  /** Returns the processor time used so far in microseconds, summed over all threads. */
  cpu(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  }

  /** Returns the current and the highest resident memory in MiB. */
  memory(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, "utf8");
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]) / 1024;
    return { now: of("VmRSS"), peak: of("VmHWM") };
  }

  /** Stops the server and returns the end of its output. The folder remains. */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<string> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const closed = once(this.#child, "close");
      this.#child.kill(signal);
      await closed;
    }
    return this.#output;
  }

  removeFolder(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "sessionhook-bench-"));
}
