import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { maxBodyBytes } from "../context.js";
import { expectProblem, expectTaken } from "../expect-answer.js";

const event = '{"type":"other"}';

/** Methods, paths, sizes and encodings. */
export const httpCases: readonly RuntimeCase[] = [
  ...["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"].map((method): RuntimeCase => ({
    name: `${method} /webhooks is not allowed`,
    run: async (c) => {
      const answer = await c.target.fetch("/webhooks", { method });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
      if (method !== "HEAD") await expectProblem(answer, 405, "method_not_allowed");
    },
  })),
  ...[
    "/webhooks/x",
    "/webhooks//",
    "/Webhooks",
    "/webhook",
    "/webhooks%2f",
    "//webhooks",
    "/nothing",
    "/api/nothing/here",
  ].map((path): RuntimeCase => ({
    name: `POST ${path} is not found`,
    run: async (c) => {
      const headers = path.startsWith("/api")
        ? { authorization: `Bearer ${c.target.adminToken}` }
        : c.sign(event, { id: c.id() });
      await expectProblem(
        await c.target.fetch(path, { method: "POST", body: event, headers }),
        404,
        "not_found",
      );
    },
  })),
  ...["/webhooks?x=1&y=%00", "/webhooks/", "/webhooks/?x=1", "/webhooks?"].map((path): RuntimeCase => ({
    name: `POST ${path} is the same as POST /webhooks`,
    run: async (c) => {
      const id = c.id();
      const headers = c.sign(event, { id });
      const answer = await c.target.fetch(path, { method: "POST", body: event, headers });
      await expectTaken(answer, "unrecognized", id);
      const refused = await c.target.fetch(path);
      expect([refused.status, refused.headers.get("allow")]).toEqual([405, "POST"]);
      await expectProblem(refused, 405, "method_not_allowed");
      const large = { method: "POST", body: "x".repeat(maxBodyBytes + 1), headers };
      await expectProblem(await c.target.fetch(path, large), 413, "payload_too_large");
    },
  })),
  {
    name: "a body of exactly the limit is accepted",
    run: async (c) => {
      const id = c.id();
      const body = `{"type":"other","pad":"${"x".repeat(maxBodyBytes)}`.slice(0, maxBodyBytes - 2) + '"}';
      await expectTaken(await c.send(id, body), "unrecognized", id);
      expect((await c.raw(id)).length).toBe(maxBodyBytes);
    },
  },
  {
    name: "a body one byte over the limit is rejected and not stored",
    run: async (c) => {
      const id = c.id();
      await expectProblem(await c.send(id, "x".repeat(maxBodyBytes + 1)), 413, "payload_too_large");
      expect(await c.stored(id)).toBeUndefined();
    },
  },
  {
    name: "a body of 5 MB is rejected, and the sender always receives the answer",
    run: async (c) => {
      for (let count = 0; count < 10; count++)
        await expectProblem(await c.send(c.id(), "x".repeat(5_000_000)), 413, "payload_too_large");
    },
  },
  ...["gzip", "br", "GZIP", "identity, gzip"].map((encoding): RuntimeCase => ({
    name: `content-encoding ${encoding} is rejected`,
    run: async (c) => {
      await expectProblem(
        await c.send(c.id(), event, { "content-encoding": encoding }),
        415,
        "unsupported_content_encoding",
      );
    },
  })),
  {
    name: "content-encoding identity is accepted",
    run: async (c) => {
      const id = c.id();
      await expectTaken(await c.send(id, event, { "content-encoding": "identity" }), "unrecognized", id);
    },
  },
  ...[
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
  ].map((type): RuntimeCase => ({
    name: `content-type ${type} changes nothing: the bytes count`,
    run: async (c) => {
      const id = c.id();
      await expectTaken(await c.send(id, event, { "content-type": type }), "unrecognized", id);
      expect(new TextDecoder().decode(await c.raw(id))).toBe(event);
    },
  })),
  {
    name: "health: alive and ready, also by HEAD",
    run: async (c) => {
      expect(await (await c.target.fetch("/healthz")).json()).toEqual({ status: "ok" });
      expect(await (await c.target.fetch("/readyz")).json()).toEqual({ status: "ready" });
      expect((await c.target.fetch("/healthz", { method: "HEAD" })).status).toBe(200);
      await expectProblem(await c.target.fetch("/healthz", { method: "POST" }), 405, "method_not_allowed");
    },
  },
  {
    name: "metrics count messages and rejections",
    run: async (c) => {
      await c.send(c.id(), event);
      await c.post(event, {});
      const headers = { authorization: `Bearer ${c.target.adminToken}` };
      const answer = await c.target.fetch("/metrics", { headers });
      expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
      const text = await answer.text();
      expect(text).toMatch(/^sessionhook_messages_total\{status="unrecognized"\} [1-9]/m);
      expect(text).toMatch(/^sessionhook_rejections_total\{code="missing_header"\} [1-9]/m);
      expect(text).toMatch(/^sessionhook_store_up 1$/m);
    },
  },
];
