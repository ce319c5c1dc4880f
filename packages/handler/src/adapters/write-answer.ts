import { hostHeaders } from "./exchange.js";
import type { NodeRequest, NodeResponse } from "./node-types.js";

/** Writes the answer of a handler to a Node response, unless the sender has disconnected or the host has responded. */
export async function writeAnswer(
  request: NodeRequest,
  response: NodeResponse,
  answer: Response,
): Promise<void> {
  const text = await answer.text();
  // A timeout of the host can respond first.
  if (response.headersSent || response.destroyed) return;
  response.statusCode = answer.status;
  for (const [name, value] of hostHeaders(request, answer)) response.setHeader(name, value);
  response.end(text);
}

/** Returns whether a value is the response object of `node:http`, Express, Connect or a cloud function. */
export function isNodeResponse(value: unknown): value is NodeResponse {
  const { setHeader, end } = (value ?? {}) as { readonly setHeader?: unknown; readonly end?: unknown };
  return typeof setHeader === "function" && typeof end === "function";
}
