import { lookup } from "node:dns/promises";
import { highestMaxBodyBytes, type Serve } from "@sessionhook/server";
import { garbageCollector } from "./garbage-collector.js";

/** Bun.serve refuses a longer `idleTimeout`. */
export const maxIdleSeconds = 255;

/** Time limit for the rest of a request that was answered early. Bun checks every 4 s, so it is between 4 and 8 s. */
const refusedSeconds = 5;

/**
 * Serves a fetch handler on Bun.serve. Bun itself limits headers to 16 KiB and closes a connection whose headers
 * take longer than about 12 s.
 */
export const serveBun: Serve = async ({ fetch, intake }, { hostname, port, keepAliveSeconds }) => {
  const patient = intake.limits.bodyTimeoutMs > (keepAliveSeconds - 10) * 1000;
  const onChunk = garbageCollector();
  // Of a name without an address Bun reports whatever error the process had before.
  await lookup(hostname);
  const server = Bun.serve({
    hostname,
    port,
    fetch: async (request, server) => {
      // Bun treats a connection as idle while a body arrives; the app's own limit for bodies applies.
      if (patient) server.timeout(request, 0);
      let idleSeconds = keepAliveSeconds;
      const endConnection = (response: Response) => ((idleSeconds = refusedSeconds), response);
      // Without Host (HTTP/1.0, as in health checks) Bun's URL is the path alone.
      const { url } = request;
      const usable = url.startsWith("/") ? new Request(`http://localhost${url}`, request) : request;
      // Bun discards the rest of a body by itself, without leaving garbage.
      const address = server.requestIP(request)?.address;
      const response = await fetch(usable, { address, onChunk, lingerMs: 0, endConnection });
      // The time of a request outlives its answer.
      if (patient || idleSeconds !== keepAliveSeconds) server.timeout(request, idleSeconds);
      return response;
    },
    idleTimeout: keepAliveSeconds,
    // Bun itself rejects a larger body.
    maxRequestBodySize: highestMaxBodyBytes,
    development: false,
    // Outside development Bun shares the port by default, and a second app would receive half of the events.
    reusePort: false,
  });
  return { port: server.port as number, stop: (graceMs) => stop(server, graceMs) };
};

async function stop(server: Bun.Server<undefined>, graceMs: number): Promise<void> {
  const stopped = server.stop(false);
  const deadline = setTimeout(() => void server.stop(true), graceMs);
  // Bun closes idle connections, but waits for those on which no request has arrived.
  let quiet = 0;
  const sweep = setInterval(() => {
    quiet = server.pendingRequests === 0 ? quiet + 1 : 0;
    if (quiet === 3) void server.stop(true);
  }, 50);
  await stopped;
  clearInterval(sweep);
  clearTimeout(deadline);
}
