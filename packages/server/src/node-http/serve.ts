import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { headersTimeoutMs, maxHeaderBytes } from "@sessionhook/core/limits";
import { getRequestListener } from "@hono/node-server";
import type { Serve } from "../serve.js";
import { logAcceptFailures } from "./accept-failures.js";
import { Connections } from "./connections.js";
import { keepAccepting } from "./deno-accept.js";
import { intakeListener } from "./intake-listener.js";
import { onlyWellFormed } from "./well-formed.js";

/** Serves a fetch handler on node:http, which Node and Deno have, with limits on how long a request may dawdle. */
export const serveNodeHttp: Serve = ({ fetch, intake }, { hostname, port, keepAliveSeconds }) => {
  // The host name stands in where an HTTP/1.0 request has none: a URL needs one.
  const others = getRequestListener(
    (request, { incoming: { socket } }) =>
      fetch(request, {
        address: socket.remoteAddress,
        // A reset: without chunked encoding (HTTP/1.0, as nginx speaks it) a closed connection is a complete response.
        breakOff: () => void socket.resetAndDestroy(),
        // With `httpAllowHalfOpen`, the signal of a request aborts only when its answer is written.
        clientGone: () => socket.readableEnded || socket.destroyed,
      }),
    {
      overrideGlobalObjects: false,
      hostname: "localhost",
    },
  );
  const connections = new Connections(onlyWellFormed(intakeListener(intake, others as RequestListener)));
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
    (request, response) => connections.request(request, response),
  );
  connections.track(server);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      logAcceptFailures(server);
      if ("deno" in process.versions) keepAccepting(server);
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: (graceMs) => stop(server, connections, graceMs),
      });
    });
  });
};

/**
 * Node closes idle connections by itself only once; busy ones become idle while we wait. One on which nothing has come
 * yet does not count as idle.
 */
async function stop(server: Server, connections: Connections, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    connections.closeSilent();
  }, 50);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
