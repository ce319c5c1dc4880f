import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { withFastIntake } from "./fast-intake.js";
import type { Serve } from "@sessionhook/standalone";

/** Serves a fetch handler on node:http, with limits on how long a request may dawdle. */
export const serveNode: Serve = ({ fetch, intake }, { hostname, port }) => {
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
    withFastIntake(intake, getRequestListener(fetch, { overrideGlobalObjects: false })),
  );
  const silent = silentConnections(server);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: (graceMs) => stop(server, silent, graceMs),
      });
    });
  });
};

/** The connections on which nothing has come yet. Node does not count them as idle. */
function silentConnections(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }) => silent.delete(socket));
  return silent;
}

/** Node closes idle connections by itself only once; busy ones become idle while we wait. */
async function stop(server: Server, silent: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
  }, 50);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
