import { ConfigurationError } from "@sessionhook/core";
import { withoutRawBody } from "../handler/raw-body.js";
import { BodySource } from "./body-source.js";
import { type HostBody, hostBytes } from "./host-body.js";
import type { NodeRequest } from "./node-types.js";

/** Any web standard handler: one from `createWebhookHandler`, or `fetch` of a receiver. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** @throws ConfigurationError `invalid_option` if an adapter gets no handler */
export function checkHandler(usage: string, handler: unknown): asserts handler is FetchHandler {
  if (typeof handler === "function") return;
  throw new ConfigurationError(
    "invalid_option",
    `The handler is missing: call ${usage} with the handler that createWebhookHandler returns`,
  );
}

/** Time for which a rejected sender may continue to write before the response, in milliseconds. */
const lingerMs = 1000;

/** Answers a Node request with a web standard handler that gets the bytes as received. */
export async function exchange(
  webhook: FetchHandler,
  incoming: NodeRequest,
  host: HostBody,
): Promise<Response> {
  const method = incoming.method ?? "GET";
  const headers = webHeaders(incoming);
  const url = webUrl(incoming);
  if (method !== "POST") return webhook(new Request(url, { method: safeMethod(method), headers }));
  let bytes: Uint8Array | undefined;
  try {
    bytes = hostBytes(host, wasRead(incoming, host));
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    return webhook(withoutRawBody(new Request(url, { method, headers }), error));
  }
  if (bytes !== undefined) {
    return webhook(new Request(url, { method, headers, body: bytes as Uint8Array<ArrayBuffer> }));
  }
  const source = new BodySource(incoming);
  const init: RequestInit & { duplex: "half" } = { method, headers, body: source.stream, duplex: "half" };
  const answer = await webhook(new Request(url, init));
  return (await source.discard(lingerMs)) ? answer : closing(answer);
}

/** Returns the response with `connection: close`, because nothing would read the rest of the body. */
function closing(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("connection", "close");
  return new Response(answer.body, { status: answer.status, headers });
}

/** Returns whether the stream is consumed. A mock request does not report it: there, a filled `body` was parsed. */
function wasRead({ readableDidRead, readableEnded }: NodeRequest, { body }: HostBody): boolean {
  if (readableDidRead !== undefined) return readableDidRead || readableEnded === true;
  return (
    readableEnded === true || (typeof body === "object" && body !== null && Object.keys(body).length > 0)
  );
}

/** Returns the response headers that the host's protocol allows: HTTP/2 has no `connection`. */
export function hostHeaders(incoming: NodeRequest, answer: Response): [string, string][] {
  const http2 = (incoming.httpVersionMajor ?? 1) >= 2;
  return [...answer.headers].filter(([name]) => !(http2 && name === "connection"));
}

/** Returns the URL below the path that the host has mounted the handler at. Its host is a placeholder: the header `Host` counts. */
function webUrl({ url = "/" }: NodeRequest): string {
  return `http://localhost${url.startsWith("/") ? url : "/"}`;
}

/** `Request` rejects CONNECT, TRACE and TRACK; any other method that is not POST gets the same response. */
function safeMethod(method: string): string {
  return /^(?:connect|trace|track)$/i.test(method) ? "OPTIONS" : method;
}

function webHeaders({ rawHeaders = [], headers: byName = {} }: NodeRequest): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) add(headers, rawHeaders[i] as string, rawHeaders[i + 1]);
  // Mock requests have `headers` only.
  if (rawHeaders.length === 0)
    for (const [name, value = []] of Object.entries(byName))
      for (const one of Array.isArray(value) ? value : [value]) add(headers, name, one as string);
  return headers;
}

function add(headers: Headers, name: string, value: string | undefined): void {
  // Skips the pseudo-headers of HTTP/2.
  if (!name.startsWith(":") && value !== undefined) headers.append(name, value);
}
