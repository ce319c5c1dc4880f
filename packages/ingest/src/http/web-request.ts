import type { BodySink, InboundBody, InboundRequest } from "./inbound-request.js";

/** A web standard `Request`, as Bun, Deno, Workers and frameworks have it. */
export class WebRequest implements InboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: WebBody;

  constructor(request: Request) {
    this.method = request.method;
    this.url = request.url;
    this.headers = request.headers;
    this.body = new WebBody(request);
  }

  header(name: string): string | undefined {
    return this.headers.get(name) ?? undefined;
  }
}

/** Bodies up to this size, in bytes, are read by `arrayBuffer`, which is faster and cannot be stopped. */
const smallBody = 8 * 1024;
/** Bytes per read if the reader can choose. On Deno a pending read takes twice as many. */
const readBytes = 16 * 1024;

export class WebBody implements InboundBody {
  readonly #request: Request;
  #sink: BodySink | undefined;
  #stopped = false;
  #reading: Promise<void> | undefined;
  #cancel: (() => Promise<void>) | undefined;
  #ended = false;

  constructor(request: Request) {
    this.#request = request;
  }

  /** True once the body has ended. */
  get ended(): boolean {
    return this.#ended || bodyOf(this.#request) === null;
  }

  read(sink: BodySink): void {
    this.#sink = sink;
    this.#reading = this.#read();
  }

  stop(): void {
    this.#sink = undefined;
  }

  /**
   * Discards the rest of the body for at most `ms`, and then cancels it. A sender whose connection is closed while it
   * writes sees a reset instead of the response.
   */
  async discard(ms: number): Promise<void> {
    if (this.ended) return;
    this.#reading ??= this.#read();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
    await Promise.race([this.#reading, timeout]);
    clearTimeout(timer);
    if (!this.#ended) this.cancel();
  }

  /** Releases the body at once. */
  cancel(): void {
    this.#stopped = true;
    void this.#cancel?.().catch(() => undefined);
  }

  async #read(): Promise<void> {
    try {
      await (this.#isSmall() ? this.#readWhole() : this.#readChunks());
      this.#ended = true;
      this.#sink?.end();
    } catch (error) {
      this.#sink?.fail(error);
    }
  }

  #isSmall(): boolean {
    const { headers } = this.#request;
    const length = headers.get("content-length");
    return length !== null && Number(length) <= smallBody && !headers.has("transfer-encoding");
  }

  async #readWhole(): Promise<void> {
    const bytes = new Uint8Array(await this.#request.arrayBuffer());
    if (bytes.length > 0) this.#sink?.chunk(bytes);
  }

  async #readChunks(): Promise<void> {
    const stream = bodyOf(this.#request);
    if (stream === null) return;
    const { next, cancel } = chunksOf(stream);
    this.#cancel = cancel;
    while (!this.#stopped) {
      const { done, value } = await next();
      if (done) return;
      if (value !== undefined && value.length > 0) this.#sink?.chunk(value);
    }
    throw new Error("The body was cancelled");
  }
}

/** Accessing the body makes Node's adapter create a `Request`, so it is not accessed for GET and HEAD, which have none. */
function bodyOf(request: Request): Request["body"] {
  return request.method === "GET" || request.method === "HEAD" ? null : request.body;
}

interface Chunks {
  next(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** Reads a byte stream (Deno, Workers) in small steps: by default, Deno allocates 128 KiB for each pending read. */
function chunksOf(stream: ReadableStream<Uint8Array>): Chunks {
  let bytes: ReadableStreamBYOBReader;
  try {
    bytes = stream.getReader({ mode: "byob" });
  } catch {
    const reader = stream.getReader();
    return { next: () => reader.read(), cancel: () => reader.cancel() };
  }
  return { next: () => bytes.read(new Uint8Array(readBytes)), cancel: () => bytes.cancel() };
}
