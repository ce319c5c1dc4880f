import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListeningProcess } from "@sessionhook/testkit";

export interface ServerCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const running = new Set<ServerProcess>();

/** Kills every server and removes its folder, for a benchmark that is interrupted. */
export function removeServers(): void {
  for (const server of running) {
    server.signal("SIGKILL");
    server.removeFolder();
  }
}

/** A server in its own process and folder. It prints its endpoint as soon as it listens. */
export class ServerProcess extends ListeningProcess {
  /** Milliseconds from the start of the process until it printed its endpoint. */
  listeningAfter = NaN;

  private constructor(command: ServerCommand, folder: string) {
    super(() => command, folder, { ...command.env }, { maxOutput: 20_000 });
  }

  /** Resolves when the server listens. Rejects with the server's output when it ends before, or hangs. */
  static async start(command: ServerCommand, folder = newFolder()): Promise<ServerProcess> {
    const server = new ServerProcess(command, folder);
    const began = performance.now();
    await server.listen();
    server.listeningAfter = performance.now() - began;
    return server;
  }

  override launch(): ChildProcess {
    const child = super.launch();
    running.add(this);
    child.once("close", () => running.delete(this));
    return child;
  }

  get origin(): string {
    return this.printedOrigin;
  }

  get url(): string {
    return `${this.printedOrigin}/webhooks`;
  }

  /** Returns the processor time used so far in microseconds, summed over all threads. */
  cpu(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  }

  /** Stops the server. The folder remains. */
  override end(signal: NodeJS.Signals = "SIGTERM"): Promise<number | string | undefined> {
    return super.end(signal);
  }

  removeFolder(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "sessionhook-bench-"));
}
