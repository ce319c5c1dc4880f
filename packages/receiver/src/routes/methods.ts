import type { Handler, Hono } from "hono";
import { ReceiveError } from "@sessionhook/ingest";

/** A handler that checks or ignores the query parameters of its requests. */
export interface QueryHandler {
  readonly withQuery: Handler;
}

/**
 * Registers the handlers of a path, one for each method, and responds to all other methods with 405 and `Allow`. A GET
 * handler also serves HEAD. A plain handler gets no request with query parameters: those are rejected with 400.
 */
export function methods(
  app: Hono,
  path: string,
  handlers: Readonly<{ GET?: Handler | QueryHandler; POST?: Handler; DELETE?: Handler }>,
): void {
  for (const [method, handler] of Object.entries(handlers))
    app.on(method, [path], typeof handler === "function" ? withoutQuery(handler) : handler.withQuery);
  const allow = Object.keys(handlers)
    .map((method) => (method === "GET" ? "GET, HEAD" : method))
    .join(", ");
  app.all(path, () => {
    throw new ReceiveError("method_not_allowed", `Use ${allow} for this path`, { headers: { allow } });
  });
}

/** Rejects query parameters: ignored, `?dryRun=true` would send everything. */
function withoutQuery(handler: Handler): Handler {
  return (c, next) => {
    if (new URL(c.req.url).searchParams.size > 0)
      throw new ReceiveError("invalid_query", `${c.req.method} takes no query parameters on this path`);
    return handler(c, next);
  };
}
