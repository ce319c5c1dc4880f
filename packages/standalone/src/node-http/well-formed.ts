import type { IncomingMessage, RequestListener } from "node:http";
import { problemAnswer } from "@sessionhook/receiver";
import { writeAnswer } from "./write-answer.js";

/**
 * Answers 400 and closes the connection where node:http lets through what RFC 9112 tells a server to refuse: proxies
 * in front may read such a request in another way.
 */
export function onlyWellFormed(listener: RequestListener): RequestListener {
  return (request, response) => {
    const fault = faultOf(request);
    if (fault === undefined) return listener(request, response);
    const answer = problemAnswer("malformed_request", fault, {}, { connection: "close" });
    writeAnswer(response, answer);
  };
}

function faultOf({ httpVersion, rawHeaders, headers }: IncomingMessage): string | undefined {
  // node:http reads a version that is missing as 0.9, and HTTP/2.0 in a request line as HTTP/1.
  if (httpVersion !== "1.1" && httpVersion !== "1.0")
    return "The request line is not one of HTTP/1.1 or HTTP/1.0";
  if (countHosts(rawHeaders) > 1) return "The request has more than one Host header";
  const coding = headers["transfer-encoding"];
  if (coding === undefined) return undefined;
  if (httpVersion === "1.0") return "An HTTP/1.0 request has no Transfer-Encoding";
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
