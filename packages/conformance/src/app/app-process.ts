import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sign } from "@sessionhook/core";
import { type Command, ListeningProcess } from "@sessionhook/testkit";
import { RawExchange } from "../runtime/raw-exchange.js";

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const adminToken = "an-admin-token-for-tests";

export type AppCommand = Command;

/** An app as a real process, in a new folder. */
export class AppProcess extends ListeningProcess {
  origin = "";

  constructor(command: AppCommand, env: Record<string, string> = {}) {
    const defaults = { PORT: "0", SESSIONHOOK_SECRETS: secret, SESSIONHOOK_ADMIN_TOKEN: adminToken };
    super(command, mkdtempSync(join(tmpdir(), "sessionhook-e2e-")), { ...defaults, ...env });
  }

  /** Resolves when the app listens; rejects with its output if it ends before or hangs. */
  async start(): Promise<this> {
    await this.listen();
    this.origin = this.printedOrigin;
    return this;
  }

  async cleanUp(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Opens a connection to the app for raw bytes. */
  connect(): Promise<RawExchange> {
    const { hostname: host, port } = new URL(this.origin);
    return RawExchange.open({ host, port: Number(port) });
  }

  post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Response> {
    return fetch(`${this.origin}/webhooks`, { method: "POST", body, headers });
  }

  /** Posts a body under the given id, signed with the current time. */
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

  /** Signs in to the pages. Returns the cookie of the session. */
  async signIn(): Promise<string> {
    const { headers } = await fetch(`${this.origin}/login`, {
      method: "POST",
      body: new URLSearchParams({ token: adminToken }),
      redirect: "manual",
    });
    return headers.get("set-cookie")?.split(";")[0] ?? "";
  }

  async json(path: string): Promise<Record<string, unknown>> {
    return (await (await this.api(path)).json()) as Record<string, unknown>;
  }
}
