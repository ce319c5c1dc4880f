import type { Context, MiddlewareHandler } from "hono";

/** Returns whether a request is for a page, as those of browsers are. */
export function wantsPage(c: Context): boolean {
  return /(?:^|[\s,])text\/html\b/i.test(c.req.header("accept") ?? "");
}

/** Runs a handler only for requests that meet a condition; passes others to the next handler. */
export function onlyIf(condition: (c: Context) => boolean, handler: MiddlewareHandler): MiddlewareHandler {
  return (c, next) => (condition(c) ? handler(c, next) : next());
}
