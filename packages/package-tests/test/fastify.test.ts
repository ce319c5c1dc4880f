import { gzipSync } from "node:zlib";
import { fastifyWebhook } from "@sessionhook/handler/fastify";
import { createWebhookHandler } from "@sessionhook/handler";
import { nodeHandler } from "@sessionhook/handler/node";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { message, secret } from "./signed-message.js";
import { describeGuide, type Send } from "./describe-guide.js";

async function sendTo(app: FastifyInstance): Promise<Send> {
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  return (path, init) => fetch(`${address}${path}`, init);
}

let app: FastifyInstance;
describeGuide("fastify", {
  async start() {
    ({ app } = await import("../src/fastify/app.js"));
    return sendTo(app);
  },
  stop: () => app.close(),
});

describe("fastify: beside the rest of the app", () => {
  const errors: unknown[] = [];
  const handler = createWebhookHandler({ secrets: secret, onError: (error) => errors.push(error) });
  afterEach(async () => {
    errors.length = 0;
    await app.close();
  });

  it("does not affect the parsers and the error handling of the app, and is not affected by them", async () => {
    app = Fastify({ bodyLimit: 100 });
    app.addContentTypeParser("text/csv", { parseAs: "string" }, (_, body, done) => done(null, body));
    app.register(fastifyWebhook, { handler, prefix: "/hooks", path: "/identity" });
    app.post("/echo", (request) => ({ got: request.body }));
    const send = await sendTo(app);

    expect((await send("/hooks/identity", { method: "POST", ...message() })).status).toBe(200);
    const json = { method: "POST", headers: { "content-type": "application/json" } };
    expect(await (await send("/echo", { ...json, body: '{"a":1}' })).json()).toEqual({ got: { a: 1 } });
    expect((await send("/echo", { ...json, body: "{" })).status).toBe(400);
    expect((await send("/echo", { ...json, body: JSON.stringify("x".repeat(200)) })).status).toBe(413);
  });

  it("accepts bodies with any content type, or none", async () => {
    app = Fastify();
    app.register(fastifyWebhook, { handler });
    app.post("/other", () => ({}));
    const send = await sendTo(app);
    const mediaTypes = [
      "application/json; charset=utf-8",
      "text/plain",
      "application/octet-stream",
      undefined,
    ];
    // Fastify itself refuses the others.
    const others = [
      "",
      "foo",
      "application/json, application/json",
      "application/json;charset",
      "/",
      "a/b c",
    ];
    for (const type of [...mediaTypes, ...others]) {
      const { body, headers } = message();
      const { "content-type": _, ...rest } = headers;
      const sent = type === undefined ? rest : { ...rest, "content-type": type };
      const bytes = new TextEncoder().encode(body);
      const answer = await send("/webhooks", { method: "POST", body: bytes, headers: sent });
      expect(answer.status, type).toBe(200);
    }
    const other = { method: "POST", body: "{}", headers: { "content-type": "foo" } };
    expect((await send("/other", other)).status).toBe(415);
    const { headers } = message();
    const gzip = { ...headers, "content-encoding": "gzip" };
    expect((await send("/webhooks", { method: "POST", body: gzipSync("{}"), headers: gzip })).status).toBe(
      415,
    );
    expect((await send("/webhooks", { method: "POST", headers })).status).toBe(401);
  });

  it.each([
    ["by default", {}, {}, "/webhooks"],
    ["with another path", {}, { path: "/identity" }, "/identity"],
    ["with a prefix", {}, { prefix: "/hooks", path: "/identity" }, "/hooks/identity"],
    ["with a prefix and no path", {}, { prefix: "/hooks", path: "" }, "/hooks"],
    ["with a prefix and the path /", {}, { prefix: "/hooks", path: "/" }, "/hooks"],
    ["with a parameter", {}, { path: "/:tenant/webhooks" }, "/acme/webhooks"],
    ["with ignoreTrailingSlash", { routerOptions: { ignoreTrailingSlash: true } }, {}, "/webhooks"],
  ])(
    "accepts messages with and without a slash at the end of the path, %s",
    async (_, server, options, path) => {
      app = Fastify(server);
      app.register(fastifyWebhook, { handler, ...options });
      for (const url of [path, `${path}/`]) {
        const { body, headers } = message();
        const answer = await app.inject({ method: "POST", url, payload: body, headers });
        expect([url, answer.statusCode]).toEqual([url, 200]);
      }
      expect((await app.inject({ method: "GET", url: path })).statusCode).toBe(405);
    },
  );

  it("leaves the app its own route with the slash", async () => {
    app = Fastify();
    app.post("/webhooks/", () => "mine");
    app.register(fastifyWebhook, { handler });
    expect((await app.inject({ method: "POST", url: "/webhooks/" })).body).toBe("mine");
    const { body, headers } = message();
    expect((await app.inject({ method: "POST", url: "/webhooks", payload: body, headers })).statusCode).toBe(
      200,
    );
  });

  it("does not start without a handler", async () => {
    app = Fastify();
    app.register(fastifyWebhook, {} as never);
    await expect(app.ready()).rejects.toThrow("The handler is missing");
  });

  it("runs the hooks of the app for its answers", async () => {
    app = Fastify();
    app.addHook("onSend", async (_, reply) => void reply.header("x-from-hook", "1"));
    app.register(fastifyWebhook, { handler });
    const answer = await app.inject({ method: "POST", url: "/webhooks", payload: "{}" });
    expect([answer.statusCode, answer.headers["x-from-hook"]]).toEqual([400, "1"]);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
  });

  it("uses rawBody if a hook of the app has read the stream, and reports a stream without rawBody", async () => {
    for (const keep of [true, false]) {
      app = Fastify();
      app.addHook("preParsing", async (request, _, payload) => {
        const chunks: Buffer[] = [];
        for await (const chunk of payload) chunks.push(chunk as Buffer);
        if (keep) Object.assign(request, { rawBody: Buffer.concat(chunks) });
      });
      app.register(fastifyWebhook, { handler });
      const { body, headers } = message();
      const answer = await (await sendTo(app))("/webhooks", { method: "POST", body, headers });
      expect(answer.status).toBe(keep ? 200 : 500);
      expect(errors).toHaveLength(keep ? 0 : 1);
      await app.close();
    }
  });

  it("nodeHandler behind Fastify's JSON parser reports the fix", async () => {
    app = Fastify();
    const handle = nodeHandler(handler);
    app.post("/webhooks", async (request, reply) => {
      reply.hijack();
      await handle(request.raw, reply.raw);
    });
    const answer = await (await sendTo(app))("/webhooks", { method: "POST", ...message() });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([500, "misconfigured"]);
  });
});
