import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { pause, until } from "./wait.ts";

/** Many connections that misbehave. Errors are expected: the app may reject them. */
export class Crowd {
  readonly #sockets: Socket[] = [];
  #connected = 0;
  #closed = 0;
  #settled = 0;
  /** Number of connections by the status of their first answer; 0 counts those closed without an answer. */
  readonly statuses = new Map<number, number>();

  /** Number of connections that were established. */
  get connected(): number {
    return this.#connected;
  }

  /** Number of connections that were established and are closed. */
  get closed(): number {
    return this.#closed;
  }

  /** Number of connections that were answered, or closed without an answer. */
  get settled(): number {
    return this.#settled;
  }

  /** Bytes written to open connections that the system has not sent yet, because the app does not read them. */
  get unsent(): number {
    return this.#sockets.reduce(
      (sum, { writable, writableLength }) => sum + (writable ? writableLength : 0),
      0,
    );
  }

  /** Opens `count` connections, a few at a time so that the system rejects none, and passes each to `first`. */
  async open(origin: string, count: number, first: (socket: Socket, index: number) => void): Promise<void> {
    const { hostname, port } = new URL(origin);
    for (let i = 0; i < count; i++) {
      const socket = connect(Number(port), hostname);
      this.#sockets.push(socket);
      socket.on("error", () => undefined);
      socket.once("connect", () => {
        this.#connected++;
        this.#watch(socket);
        first(socket, i);
      });
      if (i % 100 === 99) await pause(10);
    }
  }

  #watch(socket: Socket): void {
    let settled = false;
    const settle = (answer?: Buffer) => {
      if (settled) return;
      settled = true;
      this.#settled++;
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer?.toString("latin1", 0, 12) ?? "")?.[1] ?? 0);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    };
    socket.on("data", settle);
    socket.on("close", () => {
      settle();
      this.#closed++;
    });
  }

  /** Writes to every connection that is still open. */
  write(text: (index: number) => string | Uint8Array): void {
    this.#sockets.forEach((socket, i) => {
      if (socket.writable) socket.write(text(i));
    });
  }

  /** Waits until at least `count` of them are closed; returns their number. */
  async untilClosed(count: number, ms: number): Promise<number> {
    await until(() => this.#closed >= count, ms);
    return this.#closed;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** The number of files that this process, and those that it starts, may open. */
export function openFilesLimit(): number {
  return Number(/^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1]);
}
