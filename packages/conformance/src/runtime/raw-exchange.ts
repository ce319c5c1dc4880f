import { connect, type Socket } from "node:net";

/** A TCP connection for requests that a fetch function never sends. */
export class RawExchange {
  readonly #socket: Socket;
  #received = "";
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => (this.#received += chunk));
    socket.on("close", () => (this.#closed = true));
    // A reset is an answer too: the text received before it counts.
    socket.on("error", () => (this.#closed = true));
  }

  static async open(to: { readonly host: string; readonly port: number }): Promise<RawExchange> {
    const socket = connect(to.port, to.host);
    const exchange = new RawExchange(socket);
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return exchange;
  }

  write(text: string | Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(text);
  }

  /** Ends this side of the connection, like a client that hangs up half-way. */
  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Returns the received text once it matches, the connection has closed or the time limit is reached. */
  async until(pattern: RegExp, ms = 30_000): Promise<string> {
    const deadline = Date.now() + ms;
    while (!pattern.test(this.#received) && !this.#closed && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.#received;
  }

  /** True once the other side has closed. */
  async closed(ms = 30_000): Promise<boolean> {
    const deadline = Date.now() + ms;
    while (!this.#closed && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    return this.#closed;
  }
}

/** Returns the text of a request; `headers` remain in order, duplicates included. */
export function requestText(
  method: string,
  path: string,
  headers: readonly (readonly [string, string])[],
  body = "",
): string {
  const lines = [["host", "sessionhook.test"], ...headers].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}
