import type { WebServer } from "@sessionhook/ingest";
import type { Context } from "hono";

/** Returns whether the client of a request has closed its connection, so that it does not see the answer. */
export function clientGone({ env, req }: Context): boolean {
  const { clientGone: gone } = (env ?? {}) as Pick<WebServer, "clientGone">;
  return req.raw.signal.aborted || gone?.() === true;
}
