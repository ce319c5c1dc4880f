import { createWebhookHandler } from "@sessionhook/handler";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { message, secret } from "./signed-message.js";
import { describeGuide } from "./describe-guide.js";

describeGuide("hono", {
  async start() {
    const { app } = await import("../src/hono/app.js");
    return async (path, init) => app.request(path, init);
  },
});

describe("hono: a middleware that reads the body", () => {
  const errors: unknown[] = [];
  const webhook = createWebhookHandler({ secrets: secret, onError: (error) => errors.push(error) });
  const init = () => ({ method: "POST", ...message() });

  it("before the webhook: 500, and the answer and the log name the fix", async () => {
    const app = new Hono();
    app.use(async (c, next) => {
      await c.req.json();
      await next();
    });
    app.post("/webhooks", (c) => webhook(c.req.raw));
    const answer = await app.request("/webhooks", init());
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([500, "misconfigured"]);
    expect(errors).toHaveLength(1);
  });

  it("from a clone: accepted", async () => {
    const app = new Hono();
    app.use(async (c, next) => {
      await c.req.raw.clone().json();
      await next();
    });
    app.post("/webhooks", (c) => webhook(c.req.raw));
    expect((await app.request("/webhooks", init())).status).toBe(200);
  });

  it("the context passed instead of the request: an error that names c.req.raw", async () => {
    const app = new Hono();
    const failures: unknown[] = [];
    app.onError((error, c) => {
      failures.push(error);
      return c.text("failed", 500);
    });
    app.post("/webhooks", webhook as never);
    await app.request("/webhooks", init());
    expect(String(failures[0])).toMatch(/c\.req\.raw/);
  });
});
