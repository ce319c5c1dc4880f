import type { Serve } from "@sessionhook/server";
import { garbageCollector } from "./garbage-collector.js";

/** Bun refuses a larger body by itself; the receiver's own limit never lies above this (256 MiB). */
const maxRequestBodySize = 256 * 1024 * 1024;

/** After how many seconds an idle connection is closed. */
const idleSeconds = 65;

/** After how many seconds a connection is closed whose request was answered before all of it had arrived. */
const refusedSeconds = 1;

/**
 * Serves a fetch handler on Bun.serve. Bun itself limits headers to 16 KiB and closes a connection whose headers
 * take longer than about 12 s.
 */
export const serveBun: Serve = async ({ fetch, intake }, { hostname, port }) => {
  const patient = intake.limits.bodyTimeoutMs > (idleSeconds - 10) * 1000;
  const onChunk = garbageCollector();
  const server = Bun.serve({
    hostname,
    port,
    fetch: (request, server) => {
      // To Bun a connection is idle while a body arrives; the app's own limit for bodies holds.
      if (patient) server.timeout(request, 0);
      const endConnection = (response: Response) => {
        server.timeout(request, refusedSeconds);
        return response;
      };
      // Without Host (HTTP/1.0, as in health checks) Bun's URL is the path alone.
      const { url } = request;
      const usable = url.startsWith("/") ? new Request(`http://localhost${url}`, request) : request;
      // Bun discards the rest of a body by itself, without leaving garbage.
      return fetch(usable, { onChunk, lingerMs: 0, endConnection });
    },
    idleTimeout: idleSeconds,
    maxRequestBodySize,
    development: false,
    // Outside development Bun shares the port by default, and a second app would take half of the events.
    reusePort: false,
  });
  return { port: server.port as number, stop: (graceMs) => stop(server, graceMs) };
};

async function stop(server: Bun.Server<undefined>, graceMs: number): Promise<void> {
  const stopped = server.stop(false);
  const deadline = setTimeout(() => void server.stop(true), graceMs);
  // Bun closes idle connections, but waits for those on which nothing has come yet.
  let quiet = 0;
  const sweep = setInterval(() => {
    quiet = server.pendingRequests === 0 ? quiet + 1 : 0;
    if (quiet === 3) void server.stop(true);
  }, 50);
  await stopped;
  clearInterval(sweep);
  clearTimeout(deadline);
}
