import type { MiddlewareHandler } from "hono";

/** Runs a handler only for requests for a page; passes others to the next route. */
export function forBrowsers(handler: MiddlewareHandler): MiddlewareHandler {
  return async (c, next) => {
    if (!/(?:^|[\s,])text\/html\b/i.test(c.req.header("accept") ?? "")) return next();
    const response = await handler(c, next);
    (response ?? c.res).headers.append("Vary", "Accept");
    return response;
  };
}
