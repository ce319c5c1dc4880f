import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { withFastIntake } from "./fast-intake.js";
import type { Serve } from "@sessionhook/standalone";

/** Serves a fetch handler on node:http, with limits on how long a request may dawdle. */
export const serveNode: Serve = ({ fetch, intake }, { hostname, port }) => {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
    withFastIntake(intake, getRequestListener(fetch, { overrideGlobalObjects: false })),
  );
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      resolve({ port: (server.address() as AddressInfo).port, stop: (graceMs) => stop(server, graceMs) });
    });
  });
};

/** Node closes idle connections by itself only once; busy ones become idle while we wait. */
async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
