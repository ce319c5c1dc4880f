import type { Handler, Hono } from "hono";
import { ReceiveError } from "@sessionhook/ingest";

/**
 * Registers the handlers of a path, one for each method, and responds to all other methods with 405 and `Allow`. A GET
 * handler also serves HEAD.
 */
export function methods(
  app: Hono,
  path: string,
  handlers: Readonly<Partial<Record<"GET" | "POST" | "DELETE", Handler>>>,
): void {
  for (const [method, handler] of Object.entries(handlers)) app.on(method, [path], handler);
  const allow = Object.keys(handlers)
    .map((method) => (method === "GET" ? "GET, HEAD" : method))
    .join(", ");
  app.all(path, () => {
    throw new ReceiveError("method_not_allowed", `Use ${allow} for this path`, { headers: { allow } });
  });
}
