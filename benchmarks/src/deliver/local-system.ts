import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The behaviour of the system: it answers with 200, with 500, or never. */
export type Behaviour = "healthy" | "failing" | "hanging";

/** A local HTTP server that events are delivered to. It notes when each event first arrives. */
export class LocalSystem {
  /** Time of arrival by message id, by `performance.now()`. */
  readonly arrivals = new Map<string, number>();
  /** Number of requests under way when each one began, itself included. */
  readonly underWay: number[] = [];
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  readonly #answerMs: number;
  behaviour: Behaviour;

  private constructor(behaviour: Behaviour, answerMs: number) {
    this.behaviour = behaviour;
    this.#answerMs = answerMs;
    this.#server = createServer((request, response) => {
      const id = String(request.headers["webhook-id"]);
      this.#open.add(response);
      response.on("close", () => this.#open.delete(response));
      this.underWay.push(this.#open.size);
      request.resume();
      request.on("end", () => this.#answer(id, response));
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  /** @param answerMs time that each answer takes */
  static async start(behaviour: Behaviour = "healthy", answerMs = 0): Promise<LocalSystem> {
    const system = new LocalSystem(behaviour, answerMs);
    await new Promise<void>((resolve) => system.#server.listen(0, "127.0.0.1", resolve));
    return system;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(id: string, response: ServerResponse): void {
    const { behaviour } = this;
    if (behaviour === "hanging") return;
    if (behaviour === "healthy" && !this.arrivals.has(id)) this.arrivals.set(id, performance.now());
    const end = () => void response.writeHead(behaviour === "healthy" ? 200 : 500).end();
    if (this.#answerMs === 0) end();
    else setTimeout(end, this.#answerMs);
  }
}
