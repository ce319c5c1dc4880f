import type { HeadersLike } from "@sessionhook/core";

/** Access to the head and the body of a request, for any host (Node's HTTP server, a web `Request`). */
export interface InboundRequest {
  readonly method: string;
  /** The request target: path and query, or a whole URL. */
  readonly url: string;
  readonly headers: HeadersLike;
  /** Returns the value of a header by its name in lower case; several values are joined by a comma. */
  header(name: string): string | undefined;
  readonly body: InboundBody;
}

/** The unread body of a request. */
export interface InboundBody {
  /** Passes each chunk to the sink and then calls `end`, or `fail` if the body is incomplete. Call it once. */
  read(sink: BodySink): void;
  /** Stops passing chunks and drops all references to them: the response does not wait for the rest. */
  stop(): void;
}

export interface BodySink {
  /** The sink owns the chunk: nothing else writes to it, and it references no buffer that is much larger. */
  chunk(bytes: Uint8Array): void;
  end(): void;
  fail(error: unknown): void;
}
