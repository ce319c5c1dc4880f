import type { Buffer } from "node:buffer";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { BodySink, InboundBody, InboundRequest } from "@sessionhook/ingest";

/** A request of Node's HTTP server, read without creating web objects, which cost more than verifying does. */
export class NodeRequest implements InboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: InboundBody;

  constructor(incoming: IncomingMessage) {
    this.method = incoming.method ?? "";
    this.url = incoming.url ?? "";
    this.headers = incoming.headers;
    this.body = new NodeBody(incoming);
  }

  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }
}

class NodeBody implements InboundBody {
  readonly #incoming: IncomingMessage;
  #sink: BodySink | undefined;

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
  }

  read(sink: BodySink): void {
    this.#sink = sink;
    this.#incoming.on("data", (chunk: Buffer) => this.#sink?.chunk(chunk));
    this.#incoming.on("end", () => {
      this.#sink = undefined;
      sink.end();
    });
    this.#incoming.on("close", () => this.#sink?.fail(new Error("The connection closed")));
  }

  stop(): void {
    this.#sink = undefined;
  }
}
