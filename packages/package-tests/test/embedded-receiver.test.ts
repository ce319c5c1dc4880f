import { createServer, get, type Server } from "node:http";
import { SigningSecrets } from "@sessionhook/core";
import { fastifyWebhook } from "@sessionhook/handler/fastify";
import { nodeHandler } from "@sessionhook/handler/node";
import { createReceiver } from "@sessionhook/receiver";
import { createMemoryStore } from "@sessionhook/stores/memory";
import express from "express";
import Fastify from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { listening, stopped } from "./listening.js";
import { message, secret, signed } from "./signed-message.js";

const adminToken = "a-token-of-these-tests-which-is-long";
const headers = { authorization: `Bearer ${adminToken}` };

let server: Server;
afterEach(() => stopped(server));

function receiver(basePath?: string) {
  const secrets = new SigningSecrets([secret]);
  return createReceiver({ store: createMemoryStore(), secrets, adminToken, basePath });
}

const mounted = {
  "node:http": () => createServer(nodeHandler(receiver().fetch)),
  "Express, below a path": () => createServer(express().use("/hooks", nodeHandler(receiver("/hooks").fetch))),
  "Express, below a path that the receiver does not know": () =>
    createServer(express().use("/hooks", nodeHandler(receiver().fetch))),
};

describe.each(Object.entries(mounted))("a receiver in %s", (name, make) => {
  const base = name === "node:http" ? "" : "/hooks";

  it("takes messages, and answers the API with the bytes as received", async () => {
    server = make();
    const send = await listening(server);
    const { id, headers: signature } = signed("evt_1", '\uFEFF{"type":"other"}');
    const body = new TextEncoder().encode('\uFEFF{"type":"other"}');
    const answer = await send(`${base}/webhooks`, { method: "POST", body, headers: signature });
    expect([answer.status, await answer.json()]).toMatchObject([200, { id }]);
    const raw = await send(`${base}/api/events/evt_1/raw`, { headers });
    expect(new Uint8Array(await raw.arrayBuffer())).toEqual(body);
    expect((await send(`${base}/api/events?limit=1`, { headers })).status).toBe(200);
    expect((await send(`${base}/api/events?limit=x`, { headers })).status).toBe(400);
    expect((await send(`${base}/api/events`, {})).status).toBe(401);
    expect((await send(`${base}/healthz`, {})).status).toBe(200);
    expect((await send(`${base}/healthz`, { method: "HEAD" })).status).toBe(200);
    expect((await send(`${base}/nothing`, { headers })).status).toBe(404);
  });
});

it("a receiver in Fastify takes messages", async () => {
  const app = Fastify();
  app.register(fastifyWebhook, { path: "/webhooks", handler: receiver().fetch });
  await app.ready();
  ({ server } = app);
  const send = await listening(server);
  const { body, headers: signature } = message();
  expect((await send("/webhooks", { method: "POST", body, headers: signature })).status).toBe(200);
});

describe("an answer in parts", () => {
  const part = new Uint8Array(100_000).fill(97);
  let made = 0;
  let cancelled = false;
  const parts = (most: number, fails = false) =>
    new Response(
      new ReadableStream(
        {
          pull(controller) {
            if (made === most && fails) return controller.error(new Error("of this test"));
            if (made === most) return controller.close();
            made++;
            controller.enqueue(part);
          },
          cancel: () => void (cancelled = true),
        },
        { highWaterMark: 0 },
      ),
      {
        headers: [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
        ],
      },
    );
  const serve = async (most: number, fails = false) => {
    [made, cancelled] = [0, false];
    server = createServer(nodeHandler(async () => parts(most, fails)));
    return listening(server);
  };

  it("arrives whole, with all of its cookies", async () => {
    for (const most of [0, 1, 50]) {
      const send = await serve(most);
      const answer = await send("/export", {});
      expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
      expect((await answer.arrayBuffer()).byteLength).toBe(most * part.length);
      await stopped(server);
    }
  });

  it("is made no faster than the client reads, and no more once it has gone", async () => {
    await serve(100_000);
    const { port } = server.address() as { port: number };
    const request = get({ host: "127.0.0.1", port });
    await new Promise((resolve) => request.once("response", resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(made).toBeLessThan(1000);
    request.destroy();
    await expect.poll(() => cancelled).toBe(true);
  });

  it("that fails is cut off", async () => {
    const send = await serve(3, true);
    const answer = await send("/export", {});
    await expect(answer.arrayBuffer()).rejects.toThrow("terminated");
  });
});
