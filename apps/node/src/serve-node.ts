import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Serve } from "@sessionhook/standalone";
import { intakeListener } from "./intake-listener.js";

/** Serves a fetch handler on node:http, with limits on how long a request may dawdle. */
export const serveNode: Serve = ({ fetch, intake }, { hostname, port }) => {
  const pages = getRequestListener((request) => fetch(request), { overrideGlobalObjects: false });
  const server = createServer(
    {
      headersTimeout: 10_000,
      // For headers and body together, whatever the app waits for: its own answer says what was missing.
      requestTimeout: Math.max(60_000, intake.limits.bodyTimeoutMs + 15_000),
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
      // Node looks for slow ones every 30 s by default: ten seconds would be up to forty.
      connectionsCheckingInterval: 1000,
    },
    intakeListener(intake, pages),
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

/** The connections that are open. */
function connectionsOf(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

/**
 * Node closes idle connections by itself only once; busy ones become idle while we wait. One on which nothing has come
 * yet does not count as idle.
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
