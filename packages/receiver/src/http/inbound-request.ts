import type { HeadersLike } from "@sessionhook/core";

/** A request as a host (Node's HTTP server, a web `Request`) offers it: how to read its head and its body. */
export interface InboundRequest {
  readonly method: string;
  /** The request target: path and query, or a whole URL. */
  readonly url: string;
  readonly headers: HeadersLike;
  /** Returns the value of a header by its name in lower case; several values are joined by a comma. */
  header(name: string): string | undefined;
  readonly body: InboundBody;
}

/** The body of a request, of which nothing has been read yet. */
export interface InboundBody {
  /** Hands each chunk to the sink and then calls `end`, or `fail` where the body breaks off. To be called once. */
  read(sink: BodySink): void;
  /** Hands over nothing more and keeps no reference to what arrived: the answer will not wait for the rest. */
  stop(): void;
}

export interface BodySink {
  /** The sink may keep the chunk: nobody else writes to it, and it keeps no buffer alive that is much larger. */
  chunk(bytes: Uint8Array): void;
  end(): void;
  fail(error: unknown): void;
}
