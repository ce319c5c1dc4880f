import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Serve } from "@sessionhook/server";
import { intakeListener } from "./intake-listener.js";

/** Serves a fetch handler on node:http, with time limits for slow requests. */
export const serveNode: Serve = ({ fetch, intake }, { hostname, port }) => {
  const server = createServer(
    {
      headersTimeout: 10_000,
      // For headers and body together. Longer than the app's own limit, whose response names the problem.
      requestTimeout: Math.max(60_000, intake.limits.bodyTimeoutMs + 15_000),
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
      // Node checks for slow requests every 30 s by default, so a limit of 10 s could become 40 s.
      connectionsCheckingInterval: 1000,
    },
    intakeListener(intake, getRequestListener(fetch, { overrideGlobalObjects: false })),
  );
  const connections = connectionsOf(server);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: (graceMs) => stop(server, connections, graceMs),
      });
    });
  });
};

/** Open connections. */
function connectionsOf(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

/**
 * Node closes idle connections only once, but busy ones become idle while we wait. A connection without any request
 * does not count as idle.
 */
async function stop(server: Server, connections: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  }, 50);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
