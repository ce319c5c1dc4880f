import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Most connections that are open at a time. Each takes up to 60 KB while its request has not arrived to its end. */
export const maxConnections = 4096;

/** Most requests, of all connections together, that wait behind an earlier one of their connection. */
export const maxPipelined = 1024;

interface Connection {
  /** The latest request and its response; undefined before the first. */
  request?: IncomingMessage;
  response?: ServerResponse;
  /** Number of requests that wait behind an earlier one. */
  pipelined: number;
}

/**
 * The open connections of a server. It bounds the memory that they take: when there are too many, the one that has
 * gone longest without a request closes, unless its request is being answered.
 */
export class Connections {
  /** Those whose latest request began first come first. */
  readonly #open = new Map<Socket, Connection>();
  #pipelined = 0;

  constructor(server: Server) {
    server.on("connection", (socket) => this.#add(socket));
  }

  /** Takes note of a request; returns false if it gets no answer because its connection is closed. */
  begin(request: IncomingMessage, response: ServerResponse): boolean {
    const { socket } = request;
    const connection = this.#open.get(socket);
    // node:http parses all of a chunk, also what follows the request at which the connection was closed.
    if (connection === undefined || socket.destroyed) return false;
    if (connection.response?.writableFinished === false && !this.#queue(connection, socket, response))
      return false;
    connection.request = request;
    connection.response = response;
    this.#open.delete(socket);
    this.#open.set(socket, connection);
    return true;
  }

  /** Closes connections on which nothing has come: node:http does not count them as idle. */
  closeSilent(): void {
    for (const socket of this.#open.keys()) if (socket.bytesRead === 0) socket.destroy();
  }

  #add(socket: Socket): void {
    const connection: Connection = { pipelined: 0 };
    this.#open.set(socket, connection);
    // node:http lets a client go that closes its side in the middle of a request; on Deno 2.9 it does not.
    socket.once("end", () => connection.request?.complete === false && socket.destroy());
    socket.once("close", () => {
      this.#open.delete(socket);
      this.#pipelined -= connection.pipelined;
      connection.pipelined = 0;
    });
    if (this.#open.size > maxConnections) this.#closeOldest();
  }

  #queue(connection: Connection, socket: Socket, response: ServerResponse): boolean {
    if (this.#pipelined >= maxPipelined) {
      socket.destroy();
      // Without this node:http goes on to parse up to 64 KiB of requests that nobody answers.
      (socket as Socket & { parser?: { pause?(): void } | null }).parser?.pause?.();
      return false;
    }
    this.#pipelined++;
    connection.pipelined++;
    response.once("close", () => {
      if (connection.pipelined === 0) return;
      connection.pipelined--;
      this.#pipelined--;
    });
    return true;
  }

  #closeOldest(): void {
    for (const [socket, { request, response }] of this.#open) {
      if (request?.complete === true && response?.writableEnded === false) continue;
      this.#open.delete(socket);
      socket.destroy();
      return;
    }
  }
}
