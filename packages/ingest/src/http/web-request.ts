import type { BodySink, InboundBody, InboundRequest } from "./inbound-request.js";

/** A web standard `Request`, as Bun, Deno, Workers and frameworks have it. */
export class WebRequest implements InboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: WebBody;

  /** @param onChunk called with the size of each chunk of the body */
  constructor(request: Request, onChunk?: (bytes: number) => void) {
    this.method = request.method;
    this.url = request.url;
    this.headers = request.headers;
    this.body = new WebBody(request, onChunk);
  }

  header(name: string): string | undefined {
    return this.headers.get(name) ?? undefined;
  }
}

/** Bodies up to this size, in bytes, are read by `arrayBuffer`, which is faster and cannot be stopped. */
const smallBody = 8 * 1024;
/** Fewest and most bytes that are read at a time where the stream lets its reader choose. */
const leastRead = 4 * 1024;
const mostRead = 16 * 1024;

/** Time after which a paused sender counts as silent, and time limit for writing an answer, in milliseconds. */
const answerMs = 250;

export class WebBody implements InboundBody {
  readonly #request: Request;
  readonly #onChunk: ((bytes: number) => void) | undefined;
  #sink: BodySink | undefined;
  #stopped = false;
  #reading: Promise<void> | undefined;
  #cancel: (() => Promise<void>) | undefined;
  #ended = false;

  constructor(request: Request, onChunk?: (bytes: number) => void) {
    this.#request = request;
    this.#onChunk = onChunk;
  }

  /** True once the body has ended. */
  get ended(): boolean {
    return this.#ended || bodyOf(this.#request) === null;
  }

  read(sink: BodySink): void {
    this.#sink = sink;
    this.#reading = this.#read(() => (this.#isSmall() ? this.#readWhole() : this.#readChunks()));
  }

  stop(): void {
    this.#sink = undefined;
  }

  /**
   * Discards the rest of the body, for at most `ms`: a sender that is cut off while it is writing sees a reset instead
   * of the answer. Resolves to whether a read is still under way, as the sender is silent. Unless it ended, the body is
   * cancelled once there was time to answer, which on HTTP/2 resets the stream.
   */
  async discard(ms: number): Promise<boolean> {
    let pending = this.#reading !== undefined;
    if (ms > 0) {
      this.#reading ??= this.#read(() => this.#readChunks());
      pending = await this.#isReadingAfter(ms);
      this.#stopped = true;
      pending &&= await this.#isReadingAfter(answerMs);
    }
    this.#stopped = true;
    if (!this.#ended) setTimeout(() => this.cancel(), answerMs);
    return pending;
  }

  async #isReadingAfter(ms: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<true>((resolve) => (timer = setTimeout(() => resolve(true), ms)));
    const pending = await Promise.race([timeout, this.#reading?.then(() => false)]);
    clearTimeout(timer);
    return pending === true;
  }

  /** Releases the body at once. */
  cancel(): void {
    this.#stopped = true;
    void this.#cancel?.().catch(() => undefined);
  }

  async #read(all: () => Promise<void>): Promise<void> {
    try {
      await all();
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
      if (value === undefined) continue;
      this.#sink?.chunk(withOwnBuffer(value));
      this.#onChunk?.(value.length);
    }
    throw new Error("The body was cancelled");
  }
}

/** Accessing the body makes Node's adapter create a `Request`, so it is not accessed for GET and HEAD, which have none. */
function bodyOf(request: Request): Request["body"] {
  return request.method === "GET" || request.method === "HEAD" ? null : request.body;
}

/** A chunk of one byte may come with a buffer of 64 KiB. */
function withOwnBuffer(chunk: Uint8Array): Uint8Array {
  return chunk.buffer.byteLength - chunk.length > mostRead ? chunk.slice() : chunk;
}

interface Chunks {
  next(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/**
 * Reads a byte stream (Deno, Workers) in steps that are small at first: a pending read takes twice its size on Deno,
 * and 128 KiB where Deno chooses.
 */
function chunksOf(stream: ReadableStream<Uint8Array>): Chunks {
  let bytes: ReadableStreamBYOBReader;
  try {
    bytes = stream.getReader({ mode: "byob" });
  } catch {
    const reader = stream.getReader();
    return { next: () => reader.read(), cancel: () => reader.cancel() };
  }
  let size = leastRead;
  const next = async () => {
    const chunk = await bytes.read(new Uint8Array(size));
    if (chunk.value?.length === size) size = mostRead;
    return chunk;
  };
  return { next, cancel: () => bytes.cancel() };
}
