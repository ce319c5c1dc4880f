import type { Handler, Hono } from "hono";
import { ReceiveError } from "@sessionhook/ingest";

/**
 * Registers a handler for one method of a path and responds to the others with 405 and `Allow`. A GET handler
 * also serves HEAD.
 */
export function only(app: Hono, method: "GET" | "POST", path: string, ...handlers: Handler[]): void {
  app.on(method, [path], ...handlers);
  const allow = method === "GET" ? "GET, HEAD" : method;
  app.all(path, () => {
    throw new ReceiveError("method_not_allowed", `This path takes ${allow}`, { headers: { allow } });
  });
}
