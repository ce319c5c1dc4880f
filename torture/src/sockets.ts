import { connect, type Socket } from "node:net";
import { pause } from "./load.ts";

/** Many connections that misbehave. Errors are expected: a refusal is a good answer to them. */
export class Crowd {
  readonly #sockets: Socket[] = [];
  #closed = 0;
  #connected = 0;

  get connected(): number {
    return this.#connected;
  }

  get closedByServer(): number {
    return this.#closed;
  }

  /** Opens `count` connections and hands each to `first`; a few at a time, so that none is refused for haste. */
  async open(origin: string, count: number, first: (socket: Socket, index: number) => void): Promise<void> {
    const { hostname, port } = new URL(origin);
    for (let i = 0; i < count; i++) {
      const socket = connect(Number(port), hostname);
      this.#sockets.push(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => this.#closed++);
      socket.on("data", () => undefined);
      socket.once("connect", () => {
        this.#connected++;
        first(socket, i);
      });
      if (i % 100 === 99) await pause(10);
    }
  }

  /** Writes to every connection that is still open. */
  write(text: (index: number) => string | Uint8Array): void {
    this.#sockets.forEach((socket, i) => {
      if (socket.writable) socket.write(text(i));
    });
  }

  /** Waits until the server has closed at least `count` of them; how many it has. */
  async untilClosed(count: number, ms: number): Promise<number> {
    const deadline = performance.now() + ms;
    while (this.#closed < count && performance.now() < deadline) await pause(50);
    return this.#closed;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
