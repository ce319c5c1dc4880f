import { connect, type Socket } from "node:net";

/** Most connections that are open at once. */
const maxConnections = 64;

interface Exchange {
  readonly request: Buffer;
  readonly resolve: (status: number) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Sends prepared HTTP requests, each over a free connection of a pool. It parses only the status and the length of a response: the
 * sender shares the processors with the server that is measured, and node:http would take most of what one of them has.
 */
export class RawSender {
  readonly #port: number;
  readonly #all = new Set<Socket>();
  readonly #free: Socket[] = [];
  readonly #waiting: Exchange[] = [];

  /** @param url of a server at 127.0.0.1 */
  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  /** Resolves with the status of the response. */
  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => this.#begin({ request, resolve, reject }));
  }

  close(): void {
    for (const socket of this.#all) socket.destroy();
  }

  #begin(exchange: Exchange): void {
    const reused = this.#free.pop();
    if (reused !== undefined) this.#exchange(reused, exchange, true);
    else if (this.#all.size < maxConnections) this.#exchange(this.#connect(), exchange, false);
    else this.#waiting.push(exchange);
  }

  #connect(): Socket {
    const socket = connect(this.#port, "127.0.0.1");
    socket.setNoDelay(true);
    this.#all.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => {
      this.#all.delete(socket);
      const at = this.#free.indexOf(socket);
      if (at >= 0) this.#free.splice(at, 1);
      this.#next();
    });
    return socket;
  }

  #exchange(socket: Socket, exchange: Exchange, reused: boolean): void {
    let text = "";
    const end = () => {
      socket.off("data", onData);
      socket.off("close", onClose);
    };
    const onData = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const status = statusOf(text);
      if (status === undefined) return;
      end();
      this.#free.push(socket);
      exchange.resolve(status);
      this.#next();
    };
    const onClose = () => {
      end();
      // The server closed an idle connection in the moment in which it was used again.
      if (reused && text === "") this.#begin(exchange);
      else exchange.reject(new Error("The server closed a connection before it had answered"));
    };
    socket.on("data", onData);
    socket.on("close", onClose);
    socket.write(exchange.request);
  }

  #next(): void {
    const next = this.#waiting.shift();
    if (next !== undefined) this.#begin(next);
  }
}

/** Returns the status of a response once all of it is there. */
function statusOf(text: string): number | undefined {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
  if (text.length < head + 4 + Number(length ?? 0)) return undefined;
  return Number(text.slice(9, 12));
}
