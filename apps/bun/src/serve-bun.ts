import type { Serve } from "@sessionhook/standalone";

/** Bun refuses a larger body by itself; the receiver's own limit never lies above this (256 MiB). */
const maxRequestBodySize = 256 * 1024 * 1024;

/**
 * Serves a fetch handler on Bun.serve. Bun itself limits headers to 16 KiB and closes a connection whose headers
 * take longer than about 12 s.
 */
export const serveBun: Serve = async ({ fetch }, { hostname, port }) => {
  const server = Bun.serve({
    hostname,
    port,
    fetch: (request) => fetch(request),
    idleTimeout: 65,
    maxRequestBodySize,
    development: false,
    // Outside development Bun shares the port by default, and a second app would take half of the events.
    reusePort: false,
  });
  return { port: server.port as number, stop: (graceMs) => stop(server, graceMs) };
};

async function stop(server: Bun.Server<undefined>, graceMs: number): Promise<void> {
  const deadline = setTimeout(() => void server.stop(true), graceMs);
  await server.stop(false);
  clearTimeout(deadline);
}
