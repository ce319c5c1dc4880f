import { checkHandler, exchange, type FetchHandler, hostHeaders } from "./adapters/exchange.js";
import type { NodeRequest } from "./adapters/node-types.js";

export interface FastifyWebhookOptions {
  readonly handler: FetchHandler;
  /** Default `/webhooks`; appended to the `prefix` of the registration, if it has one. Messages may add a slash at its end. */
  readonly path?: string | undefined;
}

/** The part of a Fastify instance that the plugin uses. Structural: Fastify is not a dependency of this package. */
export interface FastifyInstanceLike {
  addHook(
    name: "onRequest",
    hook: (request: FastifyHookRequestLike, reply: unknown, done: () => void) => void,
  ): unknown;
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: Error | null) => void) => void,
  ): unknown;
  all(path: string, handler: FastifyHandlerLike): unknown;
  post(
    path: string,
    options: { readonly prefixTrailingSlash: "slash" },
    handler: FastifyHandlerLike,
  ): unknown;
}

export type FastifyHandlerLike = (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>;

export interface FastifyHookRequestLike {
  readonly raw: { readonly headers: { "content-type"?: string | undefined } };
}

export interface FastifyRequestLike {
  readonly raw: NodeRequest;
  readonly body?: unknown;
}

export interface FastifyReplyLike {
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(payload: Uint8Array): unknown;
}

/** A media type that no Fastify refuses. Fastify 5 answers others with 415, before a parser for all types is called. */
const mediaType = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)*$/;

/**
 * Fastify plugin: `app.register(fastifyWebhook, { handler, path: "/webhooks" })`. It has its own encapsulated
 * context, in which no parser reads the body; the parsers of the rest of the app are unchanged.
 *
 * @example
 * ```ts
 * import { fastifyWebhook } from "@sessionhook/handler/fastify";
 * import { createWebhookHandler } from "@sessionhook/handler";
 * import Fastify from "fastify";
 *
 * const handler = createWebhookHandler({ secrets: process.env.WEBHOOK_SECRET });
 * export const app = Fastify();
 * app.register(fastifyWebhook, { path: "/webhooks", handler });
 * ```
 */
export async function fastifyWebhook(
  instance: FastifyInstanceLike,
  { handler, path = "/webhooks" }: FastifyWebhookOptions,
): Promise<void> {
  checkHandler("app.register(fastifyWebhook, { handler })", handler);
  instance.addHook("onRequest", ({ raw: { headers } }, _reply, done) => {
    const type = headers["content-type"];
    // The handler reads the raw headers, which are unchanged.
    if (type !== undefined && !mediaType.test(type)) headers["content-type"] = "application/octet-stream";
    done();
  });
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser("*", (_request, _payload, done) => done(null));
  const answerWith: FastifyHandlerLike = async (request, reply) => {
    const host = { body: request.body, rawBody: (request as { rawBody?: unknown }).rawBody };
    const answer = await exchange(handler, request.raw, host);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    reply.code(answer.status);
    for (const [name, value] of hostHeaders(request.raw, answer)) reply.header(name, value);
    return reply.send(bytes);
  };
  instance.all(path, answerWith);
  if (!/[/*?]$/.test(path))
    addUnlessTaken(() => instance.post(`${path}/`, { prefixTrailingSlash: "slash" }, answerWith));
}

/** Adds a route, unless `ignoreTrailingSlash` covers it or the app has its own. */
function addUnlessTaken(add: () => unknown): void {
  try {
    add();
  } catch (error) {
    if ((error as { readonly code?: unknown } | null)?.code !== "FST_ERR_DUPLICATED_ROUTE") throw error;
  }
}
