import { exchange, type FetchHandler, hostHeaders } from "./adapters/exchange.js";
import type { HostBody } from "./adapters/host-body.js";
import type { NodeRequest, NodeResponse } from "./adapters/node-types.js";
import { answerError, reporter } from "./handler/errors.js";

export type { FetchHandler } from "./adapters/exchange.js";
export type { NodeRequest, NodeResponse } from "./adapters/node-types.js";

/** A handler for `node:http`, Express, Connect, cloud functions and everything else with their two objects. */
export type NodeHandler = (
  request: NodeRequest,
  response: NodeResponse,
  next?: (error?: unknown) => void,
) => Promise<void>;

/**
 * Puts a webhook handler behind `(req, res)`. It reads the body itself; where the host has read it, the bytes in
 * `req.rawBody` or `req.body` are taken: a Buffer, or text that lost nothing when it was decoded. A body that was parsed cannot be verified: 500
 * `misconfigured`, and `onError` is told what to change.
 */
export function nodeHandler(webhook: FetchHandler): NodeHandler {
  return async (request, response, next) => {
    try {
      await write(request, response, await exchange(webhook, request, request as HostBody));
    } catch (error) {
      if (next === undefined) await write(request, response, answerError(error, undefined, reporter()));
      else next(error);
    }
  };
}

async function write(request: NodeRequest, response: NodeResponse, answer: Response): Promise<void> {
  const text = await answer.text();
  // The sender has gone, or the host has answered in our place (a timeout).
  if (response.headersSent || response.destroyed) return;
  response.statusCode = answer.status;
  for (const [name, value] of hostHeaders(request, answer)) response.setHeader(name, value);
  response.end(text);
}
