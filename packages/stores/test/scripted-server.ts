import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Number of the TCP connection, from 1. */
  readonly connection: number;
}

export type Script = (request: SeenRequest, response: ServerResponse, incoming: IncomingMessage) => void;

/** A server with the answers of a test, which records the requests. */
export class ScriptedServer {
  readonly seen: SeenRequest[] = [];
  script: Script = (_request, response) => void response.end("{}");
  #connections = 0;
  readonly #server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => void chunks.push(chunk));
    incoming.once("end", () => {
      const headers = incoming.headers as Record<string, string>;
      const { connection } = incoming.socket as unknown as { connection: number };
      const request = { headers, body: Buffer.concat(chunks).toString(), connection };
      this.seen.push(request);
      this.script(request, response, incoming);
    });
  });

  async listen(): Promise<string> {
    this.#server.on("connection", (socket) => {
      this.#connections += 1;
      Object.assign(socket, { connection: this.#connections });
    });
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers the first requests with these, then with `{}`. */
  answer(...answers: readonly (readonly [status: number, type?: string, message?: string])[]): void {
    const left = [...answers];
    this.script = (_request, response) => {
      const [status, type, message = ""] = left.shift() ?? [200];
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
      response.end(
        type === undefined
          ? "{}"
          : JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }),
      );
    };
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }
}
