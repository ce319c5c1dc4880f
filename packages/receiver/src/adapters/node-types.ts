/** What the adapters need of `IncomingMessage`; hosts add `body` and `rawBody`. Structural: no `node:` import. */
export interface NodeRequest extends AsyncIterable<Uint8Array | string> {
  readonly method?: string | undefined;
  readonly httpVersionMajor?: number | undefined;
  /** Names and values in turn; stand-ins for a request (serverless-http, node-mocks-http) have none. */
  readonly rawHeaders?: readonly string[] | undefined;
  readonly headers?: { readonly [name: string]: string | readonly string[] | undefined } | undefined;
  /** True once anything has read from the stream. */
  readonly readableDidRead?: boolean | undefined;
  readonly readableEnded?: boolean | undefined;
  readonly destroyed?: boolean | undefined;
}

/** What the adapters need of `ServerResponse`. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
}
