import type { Handler, Hono } from "hono";
import { methods } from "./methods.js";

/**
 * Registers a handler for one method of a path and responds to the others with 405 and `Allow`. Requests with query
 * parameters are rejected.
 */
export function only(app: Hono, method: "GET" | "POST", path: string, handler: Handler): void {
  methods(app, path, { [method]: handler });
}

/** Like {@link only} for GET, with a handler that checks or ignores the query parameters. */
export function onlyWithQuery(app: Hono, path: string, handler: Handler): void {
  methods(app, path, { GET: { withQuery: handler } });
}
