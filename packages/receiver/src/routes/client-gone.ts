import type { WebServer } from "@sessionhook/ingest";
import type { Context } from "hono";

/** Enough for a turn of the event loop in which the end of a connection is read, in milliseconds. */
const turnMs = 10;

/**
 * Returns whether the client of a request has closed its connection, so that it does not see the answer. What ran before may have
 * blocked this thread for seconds, so it first waits for a turn of the event loop.
 */
export async function clientGone({ env, req }: Context): Promise<boolean> {
  const { clientGone: gone } = (env ?? {}) as Pick<WebServer, "clientGone">;
  await new Promise((resolve) => setTimeout(resolve, turnMs));
  return req.raw.signal.aborted || gone?.() === true;
}
