import { rejectionLog } from "@sessionhook/ingest";
import { checkHandler, exchange, type FetchHandler } from "./adapters/exchange.js";
import type { HostBody } from "./adapters/host-body.js";
import type { NodeRequest, NodeResponse } from "./adapters/node-types.js";
import { writeAnswer } from "./adapters/write-answer.js";
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
 * Adapts a webhook handler to `(req, res)`. It reads the body itself; if the host has read it, it uses the bytes in
 * `req.rawBody` or `req.body`: a Buffer, or text that was decoded without loss. A parsed body cannot be verified: the
 * response is 500 `misconfigured`, and `onError` gets an error that names the required change.
 * @throws ConfigurationError `invalid_option` if the handler is not a function
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { createWebhookHandler } from "@sessionhook/handler";
 * import { nodeHandler } from "@sessionhook/handler/node";
 *
 * const webhook = createWebhookHandler({ secrets: process.env.WEBHOOK_SECRET });
 * export const server = createServer(nodeHandler(webhook));
 * ```
 */
export function nodeHandler(webhook: FetchHandler): NodeHandler {
  checkHandler("nodeHandler(handler)", webhook);
  const rejected = rejectionLog(Date.now);
  return async (request, response, next) => {
    try {
      await writeAnswer(request, response, await exchange(webhook, request, request as HostBody));
    } catch (error) {
      if (next === undefined)
        await writeAnswer(request, response, answerError(error, undefined, reporter(), rejected));
      else next(error);
    }
  };
}
