import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { verifySignature } from "@sessionhook/core";
import { hashOf } from "./ledger.ts";

/** An answer that is not only a status. */
export interface HostileReply {
  /** True if it is a success all the same. */
  readonly accepts: boolean;
  readonly write: (response: ServerResponse) => void;
}

/** Reply of the system to the next request: a status, a broken connection, none, or a hostile one. */
export type Reply = number | "break" | "hang" | HostileReply;

/** A real HTTP server that events are delivered to; verifies each and records what it has answered with 2xx. */
export class ReceivingSystem {
  /** Hashes of the bodies that were accepted, by message id. */
  readonly accepted = new Map<string, string>();
  /** Requests so far, and how many at most were under way at a time. */
  requests = 0;
  concurrent = 0;
  /** Genuine requests for an event that was accepted before. */
  repeated = 0;
  /** Requests that were not genuine, at most five. */
  readonly improper: string[] = [];
  reply: () => Reply = () => 200;
  readonly #secret: string;
  readonly #server: Server;
  /** The server forgets those that hostile answers have taken out of its hands. */
  readonly #sockets = new Set<Socket>();
  #underWay = 0;

  private constructor(secret: string) {
    this.#secret = secret;
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      this.concurrent = Math.max(this.concurrent, ++this.#underWay);
      response.on("close", () => this.#underWay--);
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => this.#answer(Buffer.concat(chunks), request.headers, response));
    });
    this.#server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  static async start(secret: string): Promise<ReceivingSystem> {
    const system = new ReceivingSystem(secret);
    await new Promise<void>((resolve) => system.#server.listen(0, "127.0.0.1", resolve));
    return system;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends all connections and stops listening. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(body: Buffer, headers: NodeJS.Dict<string | string[]>, response: ServerResponse): void {
    this.requests++;
    const id = String(headers["webhook-id"]);
    try {
      verifySignature(body, { headers: headers as Record<string, string>, secrets: this.#secret });
    } catch (error) {
      if (this.improper.length < 5) this.improper.push(`${id}: ${String(error)}`);
    }
    const reply = this.reply();
    if (reply === "hang") return;
    if (reply === "break") return void response.destroy();
    const hostile = typeof reply === "object";
    if (hostile ? reply.accepts : reply >= 200 && reply <= 299) {
      if (this.accepted.has(id)) this.repeated++;
      this.accepted.set(id, hashOf(body));
    }
    if (hostile) reply.write(response);
    else response.writeHead(reply).end();
  }
}
