import { ConfigurationError } from "@sessionhook/core";
import { withoutRawBody } from "../handler/raw-body.js";
import { BodySource } from "./body-source.js";
import { type HostBody, hostBytes } from "./host-body.js";
import type { NodeRequest } from "./node-types.js";

/** Any web standard handler; at best one of `createWebhookHandler`. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** How long a refused sender may go on writing before it is answered, in milliseconds. */
const lingerMs = 1000;

/** Answers a Node request with a web standard handler that gets the bytes as received. */
export async function exchange(
  webhook: FetchHandler,
  incoming: NodeRequest,
  host: HostBody,
): Promise<Response> {
  const method = incoming.method ?? "GET";
  const headers = webHeaders(incoming.rawHeaders);
  if (method !== "POST") return webhook(new Request(base, { method: safeMethod(method), headers }));
  let bytes: Uint8Array | undefined;
  try {
    bytes = hostBytes(host, incoming.readableDidRead === true || incoming.readableEnded === true);
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    return webhook(withoutRawBody(new Request(base, { method, headers }), error));
  }
  if (bytes !== undefined) {
    return webhook(new Request(base, { method, headers, body: bytes as Uint8Array<ArrayBuffer> }));
  }
  const source = new BodySource(incoming);
  const init: RequestInit & { duplex: "half" } = { method, headers, body: source.stream, duplex: "half" };
  const answer = await webhook(new Request(base, init));
  return (await source.discard(lingerMs)) ? answer : closing(answer);
}

/** The same answer as the last one of its connection: what is left of the body would be read by nobody. */
function closing(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("connection", "close");
  return new Response(answer.body, { status: answer.status, headers });
}

/** The headers of an answer that the host's protocol allows: HTTP/2 has no `connection`. */
export function hostHeaders(incoming: NodeRequest, answer: Response): [string, string][] {
  const http2 = (incoming.httpVersionMajor ?? 1) >= 2;
  return [...answer.headers].filter(([name]) => !(http2 && name === "connection"));
}

/** The handler looks at method, headers and body only. */
const base = "http://localhost/";

/** Request refuses CONNECT, TRACE and TRACK; none of them is POST, which is all that matters here. */
function safeMethod(method: string): string {
  return /^(?:connect|trace|track)$/i.test(method) ? "OPTIONS" : method;
}

function webHeaders(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string;
    // The pseudo-headers of HTTP/2.
    if (!name.startsWith(":")) headers.append(name, raw[i + 1] as string);
  }
  return headers;
}
