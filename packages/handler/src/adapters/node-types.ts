/** The part of `IncomingMessage` that the adapters use; hosts add `body` and `rawBody`. Structural: no `node:` import. */
export interface NodeRequest extends AsyncIterable<Uint8Array | string> {
  readonly method?: string | undefined;
  /** The path, without the one at which the host has mounted the handler. */
  readonly url?: string | undefined;
  readonly httpVersionMajor?: number | undefined;
  /** Alternating names and values; mock requests (serverless-http, node-mocks-http) have none. */
  readonly rawHeaders?: readonly string[] | undefined;
  readonly headers?: { readonly [name: string]: string | readonly string[] | undefined } | undefined;
  /** True after anything has read from the stream. */
  readonly readableDidRead?: boolean | undefined;
  readonly readableEnded?: boolean | undefined;
  readonly destroyed?: boolean | undefined;
}

/** The part of `ServerResponse` that the adapters use. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  setHeader(name: string, value: string | string[]): unknown;
  end(bytes: Uint8Array): unknown;
  /** Returns false while the host cannot send what it has. */
  write?(bytes: Uint8Array): boolean;
  once?(event: "drain" | "close", listener: () => void): unknown;
  destroy?(): unknown;
}
