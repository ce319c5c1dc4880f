import { once } from "node:events";
import { connect } from "node:net";
import type { Intake, WebServer } from "@sessionhook/ingest";
import { expect, it, vi } from "vitest";
import { serveNodeHttp } from "./serve.js";

const intake = { serves: () => false, limits: { bodyTimeoutMs: 1000 } } as unknown as Intake;

it.each(["end", "destroy", "resetAndDestroy"] as const)(
  "notices a client that is gone: %s",
  async (leave) => {
    let gone: WebServer["clientGone"];
    const waiting = Promise.withResolvers<Response>();
    const fetch = async (request: Request, server: WebServer = {}) => {
      await request.text();
      gone = server.clientGone;
      return waiting.promise;
    };
    const listener = await serveNodeHttp(
      { fetch, intake },
      { hostname: "127.0.0.1", port: 0, keepAliveSeconds: 5 },
    );
    const socket = connect(listener.port, "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}");
    await vi.waitFor(() => expect(gone).toBeDefined());
    expect(gone?.()).toBe(false);
    socket[leave]();
    await vi.waitFor(() => expect(gone?.()).toBe(true));
    waiting.resolve(new Response());
    await listener.stop(0);
  },
);
