import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { adminToken } from "../secret.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds from sending the request to the last byte of the response. */
  readonly ms: number;
}

/** A keep-alive connection to an app that sends the admin token and, after `signIn`, the session cookie. */
export class Client {
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #headers: Record<string, string> = { authorization: `Bearer ${adminToken}` };

  constructor(origin: string) {
    this.#origin = origin;
  }

  async signIn(): Promise<void> {
    const form = `token=${encodeURIComponent(adminToken)}`;
    const type = { "content-type": "application/x-www-form-urlencoded", origin: this.#origin };
    const { status, headers } = await this.#send("POST", "/login", type, form);
    const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
    if (status !== 303 || cookie === undefined) throw new Error(`Signing in failed with status ${status}`);
    this.#headers = { ...this.#headers, cookie };
  }

  /** @throws when the status is not 200 */
  async get(path: string): Promise<Answer> {
    const answer = await this.#send("GET", path, this.#headers);
    if (answer.status !== 200) throw new Error(`GET ${path} returned ${answer.status}: ${answer.body}`);
    return answer;
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, headers: Record<string, string>, body = ""): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const began = performance.now();
      const sent = request(`${this.#origin}${path}`, { method, headers, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const ms = performance.now() - began;
          const text = Buffer.concat(chunks).toString("latin1");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, ms });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}
