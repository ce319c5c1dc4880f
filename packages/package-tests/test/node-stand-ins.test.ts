import { EventEmitter } from "node:events";
import { createWebhookHandler } from "@sessionhook/handler";
import { nodeHandler } from "@sessionhook/handler/node";
import express from "express";
import { createMocks, type RequestOptions } from "node-mocks-http";
import serverless from "serverless-http";
import { describe, expect, it } from "vitest";
import { message, secret } from "./signed-message.js";

/** An Express app with the webhook behind the given parsers; remembers what it was given. */
function makeApp(...parsers: express.RequestHandler[]) {
  const saved: string[] = [];
  const webhook = createWebhookHandler({ secrets: secret, onError: () => undefined }).on(
    "*",
    (_, { id }) => void saved.push(id),
  );
  const handle = nodeHandler(webhook);
  return {
    saved,
    handle,
    app: express()
      .use(...parsers, (_request, _response, next) => next())
      .post("/webhooks", handle),
  };
}

describe("Express behind serverless-http", () => {
  const one = message();
  const v1 = { httpMethod: "POST", path: "/webhooks", headers: one.headers, body: one.body };
  const v2 = {
    version: "2.0",
    rawPath: "/webhooks",
    requestContext: { http: { method: "POST", path: "/webhooks" } },
    headers: one.headers,
  };
  const capitals = Object.fromEntries(
    Object.entries(one.headers).map(([name, value]) => [name.toUpperCase(), value]),
  );
  const base64 = { body: Buffer.from(one.body).toString("base64"), isBase64Encoded: true };
  const several = Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [name, [value]]));

  it.each<[string, object]>([
    ["REST API", v1],
    ["REST API, base64", { ...v1, ...base64 }],
    ["REST API, names in capitals", { ...v1, headers: capitals }],
    ["REST API, multiValueHeaders", { ...v1, multiValueHeaders: several }],
    ["HTTP API 2.0", { ...v2, body: one.body }],
    ["HTTP API 2.0, base64", { ...v2, ...base64 }],
  ])("%s: a genuine message is accepted", async (_, event) => {
    const { app, saved } = makeApp();
    const answer = (await serverless(app)(event, {})) as { statusCode: number; body: string };
    expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([200, { status: "accepted", id: one.id }]);
    expect(saved).toEqual([one.id]);
  });

  it("a forged one is refused", async () => {
    const answer = (await serverless(makeApp().app)({ ...v1, body: one.body.trim() }, {})) as {
      statusCode: number;
    };
    expect(answer.statusCode).toBe(401);
  });
});

describe("node-mocks-http", () => {
  const one = message();
  const mocked = async (options: RequestOptions & { rawBody?: unknown }) => {
    const { saved, handle } = makeApp();
    const { req, res } = createMocks(
      { method: "POST", url: "/webhooks", headers: one.headers, ...options },
      { eventEmitter: EventEmitter },
    );
    await handle(req as never, res as never);
    return { status: res.statusCode, body: res._getJSONData() as Record<string, unknown>, saved };
  };

  it.each<[string, object]>([
    ["a Buffer in body", { body: Buffer.from(one.body) }],
    ["text in body", { body: one.body }],
    [
      "rawBody beside a parsed body",
      { rawBody: Buffer.from(one.body), body: JSON.parse(one.body) as object },
    ],
  ])("%s: a genuine message is accepted", async (_, options) => {
    expect(await mocked(options)).toEqual({
      status: 200,
      body: { status: "accepted", id: one.id },
      saved: [one.id],
    });
  });

  it("a parsed body: 500 with what to change", async () => {
    const { status, body } = await mocked({ body: JSON.parse(one.body) as object });
    expect([status, body["code"], body["detail"]]).toEqual([
      500,
      "misconfigured",
      expect.stringMatching(/was parsed before/),
    ]);
  });

  it("a body that is sent later: accepted", async () => {
    const { saved, handle } = makeApp();
    const { req, res } = createMocks(
      { method: "POST", url: "/webhooks", headers: one.headers },
      { eventEmitter: EventEmitter },
    );
    const answered = handle(req as never, res as never);
    await new Promise((resolve) => setImmediate(resolve)); // no event is emitted for later listeners
    req.send(one.body);
    await answered;
    expect([res.statusCode, saved]).toEqual([200, [one.id]]);
  });
});
