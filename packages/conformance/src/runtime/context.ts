import { sign, type SignOptions } from "@sessionhook/core";

/** The running app. The suite sends all requests through this interface. */
export interface RuntimeTarget {
  /** Sends a request to the app; `path` begins with a slash. Redirects are not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Address for TCP connections to the app; undefined if it has no socket (Lambda, a Worker without one). */
  readonly socket?: { readonly host: string; readonly port: number } | undefined;
  readonly adminToken: string;
  /** A secret the app was configured with, and a second one. */
  readonly secrets: readonly [string, string];
}

/** Settings that the app under test must have, beside secrets and token. */
export const runtimeSettings = {
  SESSIONHOOK_MAX_BODY_BYTES: "262144",
  SESSIONHOOK_BODY_TIMEOUT_SECONDS: "1",
  SESSIONHOOK_TOLERANCE_SECONDS: "300",
  LOG_LEVEL: "silent",
} as const;

export const maxBodyBytes = Number(runtimeSettings.SESSIONHOOK_MAX_BODY_BYTES);

let made = 0;

/** The target of a case, with functions for the usual requests. */
export class RuntimeContext {
  readonly target: RuntimeTarget;

  constructor(target: RuntimeTarget) {
    this.target = target;
  }

  /** Returns a message id that no other case uses. */
  id(): string {
    made++;
    return `evt_${Date.now().toString(36)}_${made}_${Math.random().toString(36).slice(2, 8)}`;
  }

  sign(body: string | Uint8Array, options: Partial<SignOptions> & { id: string }): Record<string, string> {
    return { ...sign(body, { secret: this.target.secrets[0], ...options }) };
  }

  post(body: string | Uint8Array, headers: Record<string, string> | [string, string][]): Promise<Response> {
    return this.target.fetch("/webhooks", { method: "POST", body: body as BodyInit, headers });
  }

  /** Posts a body under the given id, signed with the current time. */
  send(id: string, body: string | Uint8Array, extra: Record<string, string> = {}): Promise<Response> {
    return this.post(body, { ...this.sign(body, { id }), ...extra });
  }

  api(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.target.adminToken}` };
    return this.target.fetch(`/api${path}`, { ...init, headers });
  }

  /** Returns the event from the API; undefined if it does not exist. */
  async stored(id: string): Promise<Record<string, unknown> | undefined> {
    const answer = await this.api(`/events/${encodeURIComponent(id)}`);
    return answer.status === 404 ? undefined : ((await answer.json()) as Record<string, unknown>);
  }

  async raw(id: string, version = 1): Promise<Uint8Array> {
    const answer = await this.api(`/events/${encodeURIComponent(id)}/raw?version=${version}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}
