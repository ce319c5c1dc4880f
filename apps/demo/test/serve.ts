import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { App } from "@sessionhook/app";

/** Serves a whole app on a free port of this machine. */
export async function serveApp(app: App): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = serve({ fetch: (request) => app.fetch(request), port: 0, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => {
    if (server.listening) resolve();
    else server.once("listening", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Live connections of browsers stay open.
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
