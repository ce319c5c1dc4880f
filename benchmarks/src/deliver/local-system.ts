import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The behaviour of the system: it answers with 200, with 500, or never. */
export type Behaviour = "healthy" | "failing" | "hanging";

/** A local HTTP server that events are delivered to. It notes when each event first arrives. */
export class LocalSystem {
  /** Time of arrival by message id, by `performance.now()`. */
  readonly arrivals = new Map<string, number>();
  readonly #server: Server;
  behaviour: Behaviour;

  private constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
    this.#server = createServer((request, response) => {
      const id = String(request.headers["webhook-id"]);
      request.resume();
      request.on("end", () => {
        if (this.behaviour === "hanging") return;
        if (this.behaviour === "healthy" && !this.arrivals.has(id)) this.arrivals.set(id, performance.now());
        response.writeHead(this.behaviour === "healthy" ? 200 : 500).end();
      });
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  static async start(behaviour: Behaviour = "healthy"): Promise<LocalSystem> {
    const system = new LocalSystem(behaviour);
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
}
