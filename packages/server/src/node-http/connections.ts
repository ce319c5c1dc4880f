import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { maxConnections, maxPipelined, maxPipelinedInAll } from "@sessionhook/core/limits";

/** Limits on what is held for connections, beside the bodies of their requests. */
export interface ConnectionLimits {
  /** Most open connections. */
  readonly connections: number;
  /** Most requests of one connection that wait behind an earlier one (pipelining). */
  readonly pipelined: number;
  /** Most requests of all connections that wait behind an earlier one. */
  readonly pipelinedInAll: number;
}

const defaults: ConnectionLimits = {
  connections: maxConnections,
  pipelined: maxPipelined,
  pipelinedInAll: maxPipelinedInAll,
};

interface Connection {
  /** The latest request that was begun and its response; undefined before the first. */
  request?: IncomingMessage;
  response?: ServerResponse;
  readonly waiting: [IncomingMessage, ServerResponse][];
}

/**
 * The open connections of a server. It bounds the memory that they take: when there are too many, the one that has
 * gone longest without a request closes, unless its request is being answered. Each answers one request at a time.
 */
export class Connections {
  /** Those whose latest request began first come first. */
  readonly #open = new Map<Socket, Connection>();
  readonly #listener: RequestListener;
  readonly #limits: ConnectionLimits;
  #waiting = 0;

  /** @param listener answers requests */
  constructor(listener: RequestListener, limits: ConnectionLimits = defaults) {
    this.#listener = listener;
    this.#limits = limits;
  }

  /** Opens the connections of a server, whose request listener must call `request`. */
  track(server: Server): void {
    // A client that has sent its request and then closed its side still gets its answer.
    Object.assign(server, { httpAllowHalfOpen: true });
    server.on("connection", (socket) => this.#add(socket));
  }

  /** Answers a request, after those before it on its connection. */
  request(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const connection = this.#open.get(socket);
    // After the end of a connection node:http still parses what had arrived.
    if (connection === undefined || socket.destroyed) return;
    const { waiting } = connection;
    const { pipelined, pipelinedInAll } = this.#limits;
    if (waiting.length === 0 && connection.response?.writableFinished !== false) {
      this.#begin(socket, connection, request, response);
    } else if (waiting.length >= pipelined || this.#waiting >= pipelinedInAll) {
      cutOff(socket);
    } else {
      if (waiting.push([request, response]) === 1) this.#queueBehind(connection.response, socket, connection);
      this.#waiting++;
    }
  }

  /** Closes connections on which nothing has come: node:http does not count them as idle. */
  closeSilent(): void {
    for (const socket of this.#open.keys()) if (socket.bytesRead === 0) socket.destroy();
  }

  #add(socket: Socket): void {
    const connection: Connection = { waiting: [] };
    this.#open.set(socket, connection);
    // node:http lets a client go that closes its side in the middle of a request; on Deno 2.9 it does not.
    socket.once("end", () => connection.request?.complete === false && socket.destroy());
    socket.once("close", () => this.#remove(socket, connection));
    if (this.#open.size > this.#limits.connections) this.#closeOldest();
  }

  #begin(socket: Socket, connection: Connection, request: IncomingMessage, response: ServerResponse): void {
    connection.request = request;
    connection.response = response;
    this.#open.delete(socket);
    this.#open.set(socket, connection);
    this.#listener(request, response);
  }

  /** Begins the next request that waits once a response has been sent. */
  #queueBehind(before: ServerResponse | undefined, socket: Socket, connection: Connection): void {
    before?.once("close", () => {
      const next = connection.waiting.shift();
      if (next === undefined) return;
      this.#waiting--;
      if (connection.waiting.length > 0) this.#queueBehind(next[1], socket, connection);
      this.#begin(socket, connection, ...next);
    });
  }

  #remove(socket: Socket, connection: Connection): void {
    this.#open.delete(socket);
    this.#waiting -= connection.waiting.splice(0).length;
  }

  #closeOldest(): void {
    for (const [socket, connection] of this.#open) {
      if (connection.request?.complete === true && connection.response?.writableEnded === false) continue;
      this.#remove(socket, connection);
      socket.destroy();
      return;
    }
  }
}

/**
 * Closes a connection. node:http then makes an error for each request on it, which are up to 1,700 in the 64 KiB that it
 * reads at a time; with their stack traces that takes several times as long.
 */
function cutOff(socket: Socket): void {
  let limit = Error.stackTraceLimit;
  socket.prependOnceListener("close", () => {
    limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
  });
  socket.once("close", () => (Error.stackTraceLimit = limit));
  socket.destroy();
}
