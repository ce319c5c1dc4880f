import type { RuntimeContext } from "./context.js";
import { RawExchange } from "./raw-exchange.js";

/** The body of messages that are sent over a socket. */
export const socketBody = '{"type":"other"}';

/** Opens a socket to the app. */
export async function open(c: RuntimeContext): Promise<RawExchange> {
  if (c.target.socket === undefined) throw new Error("this target has no socket; the case must except it");
  return RawExchange.open(c.target.socket);
}

/** Returns the signed headers, and the length unless the body is chunked. */
export function headersFor(
  c: RuntimeContext,
  id: string,
  length: number | "chunked" = socketBody.length,
): [string, string][] {
  const signed = Object.entries(c.sign(socketBody, { id }));
  return length === "chunked"
    ? [...signed, ["transfer-encoding", "chunked"]]
    : [...signed, ["content-length", String(length)]];
}

/** Reasons to except runtimes from cases. */
export const noSocket = {
  "aws-lambda": "the Runtime API hands whole events over; API Gateway and the function URL deal with sockets",
};
export const edgeParses = {
  ...noSocket,
  "cloudflare-workers": "workerd answers before the Worker; on Cloudflare the edge parses requests",
};
