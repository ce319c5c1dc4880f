import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import { createWebhookHandler } from "@sessionhook/handler";
import { nodeHandler } from "@sessionhook/handler/node";
import current, { type RequestHandler } from "express";
import { afterEach, describe, expect, it } from "vitest";
import { message, secret, signed } from "./signed-message.js";
import { jsonWithRawBody } from "../src/express/raw-body.js";
import { describeGuide } from "./describe-guide.js";
import { listening, stopped } from "./listening.js";

let server: Server;
describeGuide("express", {
  async start() {
    const { app } = await import("../src/express/app.js");
    server = createServer(app);
    return listening(server);
  },
  stop: () => stopped(server),
});

const require = createRequire(import.meta.url);
const express4 = require("express-4") as typeof current;

/** The part of Connect's interface that the test uses. */
type Connect = () => RequestListener & { use(path: string, handler: unknown): void };

describeGuide("express 4, as the guide has it", {
  async start() {
    const { app } = await import("../src/express/app.js");
    const webhook = app.router.stack[0]?.route?.stack[0]?.handle as RequestHandler;
    server = createServer(express4().all("/webhooks", webhook).use(express4.json()));
    return listening(server);
  },
  stop: () => stopped(server),
});

describeGuide("connect", {
  async start() {
    const { app } = await import("../src/express/app.js");
    const other = (require("connect") as Connect)();
    other.use("/webhooks", app.router.stack[0]?.route?.stack[0]?.handle);
    server = createServer(other);
    return listening(server);
  },
  stop: () => stopped(server),
});

for (const [version, express] of [
  ["5", current],
  ["4", express4],
] as const) {
  describe(`express ${version}: parsers mounted before the webhook`, () => {
    afterEach(() => stopped(server));

    /** Sends a genuine message through the parsers. */
    async function answerBehind(parsers: readonly RequestHandler[], sent = message()) {
      const errors: unknown[] = [];
      const webhook = createWebhookHandler({ secrets: secret, onError: (error) => errors.push(error) });
      const app = express();
      app.use(...parsers).post("/webhooks", nodeHandler(webhook));
      server = createServer(app);
      const send = await listening(server);
      const answer = await send("/webhooks", {
        method: "POST",
        body: sent.body,
        headers: sent.headers,
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, errors };
    }

    const { id, body, headers } = message();
    const latin1 = { "content-type": "application/json; charset=iso-8859-1" };
    const accent = body.replace("identity.session.finalized", "identity.séance");
    const messages = {
      "as the provider sends it": { id, body, headers },
      "with a byte order mark": signed("evt_mark", `\uFEFF${body}`),
      "labelled iso-8859-1": { id, body: accent, headers: { ...signed(id, accent).headers, ...latin1 } },
    };

    const harmless: [string, RequestHandler][] = [
      ["express.raw", express.raw({ type: "*/*", limit: "1mb" })],
      ["express.json that keeps rawBody", jsonWithRawBody],
      ["express.json for another type", express.json({ type: "application/vnd.other+json" })],
      ["express.urlencoded", express.urlencoded({ extended: false })],
    ];
    for (const [name, parser] of harmless) {
      it(`${name}: accepted`, async () => {
        expect(await answerBehind([parser])).toMatchObject({
          status: 200,
          body: { status: "accepted" },
          errors: [],
        });
      });
    }

    it.each(harmless)("%s: accepted up to the limit of the handler", async (_, parser) => {
      const { status, body } = await answerBehind(
        [parser],
        signed("evt_long", `{"type":"x","fill":"${"x".repeat(1_040_000)}"}`),
      );
      expect([status, body["status"]]).toEqual([200, "unrecognized"]);
    });

    it.each(Object.entries(messages))("express.raw, %s: a genuine message is proven", async (_, message) => {
      const { status, body } = await answerBehind([express.raw({ type: "*/*" })], message);
      expect([status, body["id"]]).toEqual([200, message.id]);
    });

    it("express.text loses bytes, as the guide explains: genuine messages get 401", async () => {
      const statuses = [];
      for (const message of Object.values(messages))
        statuses.push((await answerBehind([express.text({ type: "*/*" })], message)).status);
      expect(statuses).toEqual([200, 401, 401]);
    });

    it("express.json: 500, and the answer and the log name the fix", async () => {
      const { status, body, errors } = await answerBehind([express.json()]);
      expect([status, body["code"]]).toEqual([500, "misconfigured"]);
      expect(body["detail"]).toMatch(/Mount the webhook before express\.json\(\)/);
      expect(errors).toMatchObject([{ name: "ConfigurationError", message: body["detail"] }]);
    });
  });
}
