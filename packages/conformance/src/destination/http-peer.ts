import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import type { Behaviour } from "./harness.js";

/** A request as the other system got it. */
export interface PeerRequest {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers a request in place of the behaviour. */
export type Answer = (request: PeerRequest, response: http.ServerResponse) => void;

/** A real HTTP server on the loopback interface. */
export class HttpPeer {
  readonly #server: http.Server;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #scheme = "http";
  behaviour: Behaviour = "works";
  answer: Answer | undefined;
  /** Everything that was accepted with 2xx. */
  readonly stored: PeerRequest[] = [];
  /** Everything that arrived. */
  readonly requests: PeerRequest[] = [];
  connections = 0;

  private constructor(tls?: https.ServerOptions) {
    const listener: http.RequestListener = (request, response) => void this.#take(request, response);
    this.#server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
    if (tls !== undefined) this.#scheme = "https";
    this.#server.on("connection", () => (this.connections += 1));
  }

  static async listen(tls?: https.ServerOptions): Promise<HttpPeer> {
    const peer = new HttpPeer(tls);
    peer.#server.listen(0, "127.0.0.1");
    await once(peer.#server, "listening");
    return peer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  async #take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    response.on("error", () => undefined);
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const taken = { url: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) };
    this.requests.push(taken);
    if (this.answer !== undefined) return this.answer(taken, response);
    if (this.behaviour === "hangs") return;
    if (this.behaviour === "fails") {
      response.writeHead(500, { "content-type": "text/plain" });
      response.end(`${taken.url}\n${JSON.stringify(taken.headers)}\n${taken.body.toString()}`);
      return;
    }
    const store = () => {
      this.stored.push(taken);
      response.end("ok");
    };
    if (this.behaviour === "works") return store();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      store();
    }, 300);
    this.#timers.add(timer);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }
}
