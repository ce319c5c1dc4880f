import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sign } from "@sessionhook/core";
import { RawExchange } from "../runtime/raw-exchange.js";

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const adminToken = "an-admin-token-for-tests";

/** The program and arguments that start an app with these settings. */
export type AppCommand = (env: Readonly<Record<string, string>>) => {
  readonly file: string;
  readonly args: readonly string[];
};

/** An app as a real process, in a folder of its own. */
export class AppProcess {
  readonly #command: AppCommand;
  readonly folder: string;
  readonly env: Record<string, string>;
  #child: ChildProcess | undefined;
  output = "";
  origin = "";

  constructor(command: AppCommand, env: Record<string, string> = {}) {
    this.#command = command;
    this.folder = mkdtempSync(join(tmpdir(), "sessionhook-e2e-"));
    this.env = { PORT: "0", SESSIONHOOK_SECRETS: secret, SESSIONHOOK_ADMIN_TOKEN: adminToken, ...env };
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves when the app listens; rejects with its output when it ends before. */
  async start(): Promise<this> {
    const { file, args } = this.#command(this.env);
    // Only what is set here: a SESSIONHOOK_ variable of the machine would change the app under test.
    const child = spawn(file, args, {
      cwd: this.folder,
      env: { PATH: process.env["PATH"] ?? "", ...this.env },
    });
    this.#child = child;
    this.output = "";
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        this.output += chunk.toString();
        const [, origin] = /(http:\/\/\S+)\/webhooks/.exec(this.output) ?? [];
        if (origin === undefined) return;
        this.origin = origin;
        resolve();
      };
      child.stdout?.on("data", read);
      child.stderr?.on("data", read);
      child.once("exit", (code, signal) => reject(new Error(`exit ${code ?? signal}: ${this.output}`)));
    });
    return this;
  }

  /** Sends a signal and resolves with the exit code, or the signal that ended it. */
  async end(signal: NodeJS.Signals): Promise<number | string> {
    const child = this.#child as ChildProcess;
    if (child.exitCode !== null || child.signalCode !== null)
      return child.exitCode ?? (child.signalCode as string);
    const exit = once(child, "exit") as Promise<[number | null, string | null]>;
    child.kill(signal);
    const [code, by] = await exit;
    return code ?? (by as string);
  }

  /** From now on nobody reads what the app prints. */
  stopReading(): void {
    this.#child?.stdout?.destroy();
    this.#child?.stderr?.destroy();
  }

  async cleanUp(): Promise<void> {
    if (this.#child !== undefined) await this.end("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A connection to the app, to write raw bytes to. */
  connect(): Promise<RawExchange> {
    const { hostname: host, port } = new URL(this.origin);
    return RawExchange.open({ host, port: Number(port) });
  }

  post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Response> {
    return fetch(`${this.origin}/webhooks`, { method: "POST", body, headers });
  }

  /** Posts a body signed now, under the given id. */
  send(
    id: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.post(body, { ...sign(body, { id, secret }), ...headers });
  }

  api(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.origin}/api${path}`, {
      ...init,
      headers: { authorization: `Bearer ${adminToken}` },
    });
  }

  async json(path: string): Promise<Record<string, unknown>> {
    return (await (await this.api(path)).json()) as Record<string, unknown>;
  }
}
