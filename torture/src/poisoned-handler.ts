import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Behaviour of the handler with one event until it is released. */
const faults = ["throw", "never", "spin", "garbage", "throw nothing"];

/** The event handler of a `code` destination that fails in another way for each of a few events, and the system it calls. */
export class PoisonedHandler {
  /** Ids of the events that the handler got without failing. */
  readonly handled = new Set<string>();
  released = false;
  readonly #poisoned = new Map<string, string | undefined>();
  readonly #server = createServer((request, response) => response.end(this.#behaviour(String(request.url))));

  static async start(): Promise<PoisonedHandler> {
    const handler = new PoisonedHandler();
    await new Promise<void>((resolve) => handler.#server.listen(0, "127.0.0.1", resolve));
    return handler;
  }

  /** The source text of the destination. */
  get source(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `{ type: "code", timeout: "2 s", retry: { schedule: Array(50).fill("2 s") }, handle: ${handle.replace("PORT", String(port))} }`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #behaviour(url: string): string {
    const id = decodeURIComponent(url.slice(1));
    if (!this.#poisoned.has(id)) this.#poisoned.set(id, faults[this.#poisoned.size]);
    const fault = this.released ? undefined : this.#poisoned.get(id);
    if (fault === undefined || fault === "spin" || fault === "garbage") this.handled.add(id);
    return fault ?? "works";
  }
}

const handle = `async (event, { idempotencyKey, signal }) => {
  const answer = await fetch("http://127.0.0.1:PORT/" + encodeURIComponent(idempotencyKey), { signal });
  switch (await answer.text()) {
    case "throw": throw new Error(JSON.stringify(event));
    case "throw nothing": throw undefined;
    case "never": return new Promise(() => {});
    case "spin": for (const end = Date.now() + 3000; Date.now() < end;); return;
    case "garbage": return { outcome: "paced", until: NaN, then: 7, toString() { throw 1; } };
  }
}`;
