import { createServer as createHttp1, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import process from "node:process";
import { createWebhookHandler } from "@sessionhook/handler";
import express5 from "express";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { message, secret } from "./signed-message.js";
import { listening, stopped } from "./listening.js";

const require = createRequire(import.meta.url);
const express4 = require("express-4") as typeof express5;
const connect = require("connect") as () => RequestListener & { use(path: string, handler: unknown): void };

type Webhook = ReturnType<typeof createWebhookHandler>;

/** Hosts that call a handler with their two objects. */
const hosts: [string, (webhook: Webhook) => RequestListener][] = [
  ["node:http", (webhook) => webhook as unknown as RequestListener],
  ["express 5", (webhook) => express5().post("/webhooks", webhook as never)],
  ["express 4", (webhook) => express4().post("/webhooks", webhook as never)],
  [
    "connect",
    (webhook) => {
      const app = connect();
      app.use("/webhooks", webhook);
      return app;
    },
  ],
];

let server: Server;
const unhandled = vi.fn<(reason: unknown) => void>();
beforeEach(() => void process.on("unhandledRejection", unhandled));
afterEach(async () => {
  process.off("unhandledRejection", unhandled);
  unhandled.mockClear();
  await stopped(server);
});

it.each(hosts)(
  "a handler that %s calls without nodeHandler answers 500 and names the fix",
  async (_, host) => {
    const errors: [unknown, unknown][] = [];
    const onError = (error: unknown, context: unknown) => errors.push([error, context]);
    server = createHttp1(host(createWebhookHandler({ secrets: secret, onError })));
    const send = await listening(server);
    const { body, headers } = message();
    for (const sent of [body, "x".repeat(3_000_000)]) {
      const answer = await send("/webhooks", { method: "POST", body: sent, headers });
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect([answer.status, await answer.json()]).toMatchObject([500, { code: "misconfigured" }]);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled).not.toHaveBeenCalled();
    const misconfigured = { code: "misconfigured", id: undefined };
    const error = { name: "ConfigurationError", message: expect.stringContaining("nodeHandler from") };
    expect(errors).toMatchObject([
      [error, misconfigured],
      [error, misconfigured],
    ]);
  },
);
