import type { NodeRequest } from "./node-types.js";

/** The body of a Node request as a web stream that can be abandoned without destroying the connection. */
export class BodySource {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #chunks: AsyncIterator<Uint8Array | string>;
  #ended = false;

  constructor(request: NodeRequest) {
    this.#chunks = request[Symbol.asyncIterator]();
    const encoder = new TextEncoder();
    // No cancel: returning the iterator would destroy the socket before the response is written.
    this.stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const value = await this.#next();
          if (value === undefined) controller.close();
          else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /**
   * Discards the rest of the body for at most `ms`. A sender whose connection is closed while it writes sees
   * a reset instead of the response. Returns whether the body ended.
   */
  async discard(ms: number): Promise<boolean> {
    if (this.#ended) return true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
    await Promise.race([this.#toEnd().catch(() => undefined), timeout]);
    clearTimeout(timer);
    const ended = this.#ended;
    this.#ended = true;
    return ended;
  }

  async #toEnd(): Promise<void> {
    while (!this.#ended) await this.#next();
  }

  async #next(): Promise<Uint8Array | string | undefined> {
    try {
      const { done, value } = await this.#chunks.next();
      if (done === true) this.#ended = true;
      return done === true ? undefined : value;
    } catch (error) {
      this.#ended = true;
      throw error;
    }
  }
}
