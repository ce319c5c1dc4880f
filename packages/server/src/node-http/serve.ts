import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import process from "node:process";
import { headersTimeoutMs, maxHeaderBytes } from "@sessionhook/core/limits";
import { getRequestListener } from "@hono/node-server";
import type { Serve } from "../serve.js";
import { keepAccepting } from "./deno-accept.js";
import { intakeListener } from "./intake-listener.js";
import { onlyWellFormed } from "./well-formed.js";

/** Serves a fetch handler on node:http, which Node and Deno have, with limits on how long a request may dawdle. */
export const serveNodeHttp: Serve = ({ fetch, intake }, { hostname, port, keepAliveSeconds }) => {
  // The host name stands in where an HTTP/1.0 request has none: a URL needs one.
  const others = getRequestListener(
    (request, { incoming }) => fetch(request, { address: incoming.socket.remoteAddress }),
    {
      overrideGlobalObjects: false,
      hostname: "localhost",
    },
  );
  const connections: Connections = new Map();
  const listener = onlyWellFormed(intakeListener(intake, others as RequestListener));
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      // For headers and body together, and longer than the app's own limits: the answer of the app names the reason.
      requestTimeout: Math.max(60_000, intake.limits.bodyTimeoutMs + 15_000),
      keepAliveTimeout: keepAliveSeconds * 1000,
      maxHeaderSize: maxHeaderBytes,
      // Node looks for slow ones every 30 s by default: ten seconds would be up to forty.
      connectionsCheckingInterval: 1000,
    },
    (request, response) => {
      connections.set(request.socket, request);
      listener(request, response);
    },
  );
  track(server, connections);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      if ("deno" in process.versions) keepAccepting(server);
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: (graceMs) => stop(server, connections, graceMs),
      });
    });
  });
};

/** The open connections, each with its latest request. */
type Connections = Map<Socket, IncomingMessage | undefined>;

/**
 * Follows the connections of a server. A client that has sent its request and then closed its side still gets its
 * answer; one that closes it in the middle of a request is let go.
 */
function track(server: Server, connections: Connections): void {
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on("connection", (socket) => {
    connections.set(socket, undefined);
    // node:http does this by itself, on Deno 2.9 it does not.
    socket.once("end", () => connections.get(socket)?.complete === false && socket.destroy());
    socket.once("close", () => connections.delete(socket));
  });
}

/**
 * Node closes idle connections by itself only once; busy ones become idle while we wait. One on which nothing has come
 * yet does not count as idle.
 */
async function stop(server: Server, connections: Connections, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    for (const socket of connections.keys()) if (socket.bytesRead === 0) socket.destroy();
  }, 50);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
