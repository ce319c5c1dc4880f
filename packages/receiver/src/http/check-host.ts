import { ReceiveError } from "../receive-error.js";
import type { InboundRequest } from "./inbound-request.js";

/**
 * Refuses a Host header that no URL could have: runtimes make the URL of a request from it, and nothing in it may
 * stand for a path. Whether there must be one is for the server to say.
 * @throws ReceiveError `malformed_header`
 */
export function checkHost(request: InboundRequest): void {
  const host = request.header("host") ?? "";
  const url = request.url.startsWith("/") ? `http://${host || "localhost"}${request.url}` : request.url;
  if (!/[\s/?#@\\]/.test(host) && URL.canParse(url)) return;
  throw new ReceiveError("malformed_header", "Invalid Host header");
}
