import { Buffer } from "node:buffer";
import type { IncomingMessage, RequestListener } from "node:http";
import { problemOf, ReceiveError } from "@sessionhook/ingest";

/**
 * Answers 400 and closes the connection where node:http accepts what RFC 9112 requires a server to refuse: a proxy in
 * front may read such a request in another way.
 */
export function onlyWellFormed(listener: RequestListener): RequestListener {
  return (request, response) => {
    const fault = faultOf(request);
    if (fault === undefined) return listener(request, response);
    const { status, headers, body } = problemOf(new ReceiveError("malformed_header", fault));
    const length = { "content-length": Buffer.byteLength(body) };
    response.writeHead(status, { ...headers, ...length, connection: "close" }).end(body);
  };
}

function faultOf({ httpVersion, rawHeaders, headers }: IncomingMessage): string | undefined {
  // node:http reads a missing version as 0.9, and accepts HTTP/2.0 in a request line.
  if (httpVersion !== "1.1" && httpVersion !== "1.0")
    return "The request line must name HTTP/1.1 or HTTP/1.0";
  if (countHosts(rawHeaders) > 1) return "The Host header occurs more than once";
  const coding = headers["transfer-encoding"];
  if (coding === undefined) return undefined;
  if (httpVersion === "1.0") return "HTTP/1.0 has no Transfer-Encoding";
  return coding.toLowerCase() === "chunked" ? undefined : "The only supported transfer coding is chunked";
}

/** node:http drops every Host but the first from `headers`. */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 4 && name.toLowerCase() === "host") count++;
  }
  return count;
}
