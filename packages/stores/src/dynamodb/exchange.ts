import type { Agent } from "node:http";
import https from "node:https";

export interface Answer {
  readonly status: number;
  /** The `date` header in Unix milliseconds, or NaN. */
  readonly date: number;
  readonly text: string;
}

export interface TimeLimits {
  /** Milliseconds for looking up the host, connecting and the TLS handshake. */
  readonly connectMs: number;
  /** Milliseconds for the whole exchange. */
  readonly totalMs: number;
}

/** Sends POST requests to one server over connections that stay open. */
export class Connections {
  readonly #url: URL;
  readonly #secure: boolean;
  #agent: Agent | undefined;

  constructor(url: URL) {
    this.#url = url;
    this.#secure = url.protocol === "https:";
  }

  /** Rejects with a `TimeoutError`, or with the system's error when the connection fails. */
  async post(headers: Readonly<Record<string, string>>, body: string, limits: TimeLimits): Promise<Answer> {
    // Only tests use node:http. Its import costs 25 ms, since it loads the WebSocket that it exports.
    const { Agent, request: send } = this.#secure ? https : await import("node:http");
    // The values of the AWS SDK.
    this.#agent ??= new Agent({ keepAlive: true, maxSockets: 50 });
    const agent = this.#agent;
    return new Promise((resolve, reject) => {
      const request = send(this.#url, { method: "POST", agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => void chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, date: Date.parse(response.headers.date ?? ""), text });
        });
      });
      const stopAfter = (ms: number, what: string) =>
        setTimeout(() => {
          request.destroy(
            Object.assign(new Error(`${what} took longer than ${ms} ms`), { name: "TimeoutError" }),
          );
        }, ms);
      const total = stopAfter(limits.totalMs, "The request");
      let connecting: NodeJS.Timeout | undefined;
      request.once("socket", (socket) => {
        if (!socket.connecting) return;
        connecting = stopAfter(limits.connectMs, "The connection");
        socket.once(this.#secure ? "secureConnect" : "connect", () => clearTimeout(connecting));
      });
      request.once("error", reject);
      request.once("close", () => {
        clearTimeout(total);
        clearTimeout(connecting);
      });
      request.end(body);
    });
  }

  close(): void {
    this.#agent?.destroy();
  }
}
