import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Returns the reason why an outside program cannot run here, if any.
 * @throws Error with the reason if REQUIRE_PROXIES=1
 */
export function missing(program: string, versionFlag: string): string | undefined {
  // Debian installs servers in folders that only root has in its PATH.
  if (spawnSync(program, [versionFlag], { env: environment() }).status === 0) return undefined;
  const reason = `${program} is not installed`;
  if (process.env["REQUIRE_PROXIES"] === "1") throw new Error(reason);
  return reason;
}

export function environment(): NodeJS.ProcessEnv {
  return { PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin` };
}

/** A server in the foreground, with a configuration file in a new folder. */
export class ForeignServer {
  readonly folder = mkdtempSync(join(tmpdir(), "sessionhook-proxy-"));
  #child: ChildProcess | undefined;
  #output = "";

  /** Resolves when it listens on the port; rejects with its output if it ends before. */
  async start(program: string, config: string, args: readonly string[], port: number): Promise<void> {
    const file = join(this.folder, "server.conf");
    writeFileSync(file, config);
    // Started by root, nginx works as another user, and writes bodies that are longer than 16 KiB to a file in here.
    chmodSync(this.folder, 0o711);
    const child = spawn(program, [...args, file], { cwd: this.folder, env: environment() });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    child.once("error", (error) => (this.#output += error.message));
    for (const end = Date.now() + 20_000; !(await listens(port)); await new Promise((r) => setTimeout(r, 20)))
      if (child.exitCode !== null || Date.now() > end) throw new Error(`${program}: ${this.#output}`);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const exit = once(child, "exit");
      // Both end their workers at once.
      child.kill("SIGTERM");
      await exit;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
  });
}
