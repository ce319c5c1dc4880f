import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { message } from "@sessionhook/conformance/signed-message";
import { expect, it, vi } from "vitest";
import { makeHandler } from "./make-handler.js";

it("an adapter of another copy of the package names what has read the body", async () => {
  const { webhook, errors } = makeHandler();
  vi.resetModules();
  const { nodeHandler } = await import("../src/node.js");
  const handle = nodeHandler(webhook);
  const server = createServer((request, response) => {
    request.resume().once("end", () => void handle(Object.assign(request, { body: {} }), response));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const { body, headers } = message();
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body, headers });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([500, "misconfigured"]);
  expect(String(errors[0]?.[0])).toContain("Mount the webhook before express.json()");
  server.close();
});
