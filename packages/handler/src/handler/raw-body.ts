import { ConfigurationError } from "@sessionhook/core";

/** Marks requests that an adapter created without a body because the host had consumed it; the same in every copy of the package. */
const bodyless = Symbol.for("@sessionhook/handler bodyless");

/** Marks a request that the handler must reject with this error. */
export function withoutRawBody(request: Request, error: ConfigurationError): Request {
  return Object.assign(request, { [bodyless]: error });
}

/** @throws ConfigurationError if the raw bytes are no longer available; the message names the required change */
export function checkRawBody(request: Request): void {
  const marked = (request as { readonly [bodyless]?: ConfigurationError })[bodyless];
  if (marked !== undefined) throw marked;
  if (!request.bodyUsed && request.body?.locked !== true) return;
  throw new ConfigurationError(
    "invalid_option",
    "The request body was read before the webhook handler saw it, so the signed bytes are gone. " +
      "Give the handler the request before anything calls json(), text() or formData() on it, or a clone()",
  );
}

/** @throws ConfigurationError for anything that is not a web standard Request */
export function checkRequest(request: unknown): asserts request is Request {
  if (
    typeof request === "object" &&
    request !== null &&
    "headers" in request &&
    typeof (request.headers as { get?: unknown } | null)?.get === "function" &&
    "arrayBuffer" in request
  ) {
    return;
  }
  throw new ConfigurationError(
    "invalid_option",
    "The webhook handler takes a web standard Request. Where the framework passes something that holds one, " +
      "pass it on (Hono: c.req.raw; SvelteKit, React Router: ({ request }) => …). For node:http and Express wrap " +
      "the handler with nodeHandler from @sessionhook/handler/node, for Fastify use @sessionhook/handler/fastify",
  );
}
