import { ReceiveError } from "../receive-error.js";
import type { InboundRequest } from "./inbound-request.js";

/**
 * Rejects a Host header that is invalid in a URL: runtimes build the URL of a request from it, and no part of it may
 * be read as a path. The server decides whether the header is required.
 * @throws ReceiveError `malformed_header`
 */
export function checkHost(request: InboundRequest): void {
  const host = request.header("host") ?? "";
  const url = request.url.startsWith("/") ? `http://${host || "localhost"}${request.url}` : request.url;
  if (!/[\s/?#@\\]/.test(host) && URL.canParse(url)) return;
  throw new ReceiveError("malformed_header", "Invalid Host header");
}
