import { ConfigurationError, SigningSecrets } from "@sessionhook/core";
import { createReceiver } from "@sessionhook/receiver";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, it } from "vitest";
import { secret } from "@sessionhook/conformance/signed-message";
import { createWebhookHandler } from "../src/create-webhook-handler.js";
import { fastifyWebhook } from "../src/fastify.js";
import { nodeHandler } from "../src/node.js";

describe("createWebhookHandler rejects at creation", () => {
  it.each([
    [{ store: {} }, "store must be a store with append(events)"],
    [{ store: null }, "store must be a store with append(events)"],
    [{ store: Promise.resolve(createMemoryStore()) }, "store must be a store with append(events)"],
    [{ now: 1_780_315_200_000 }, "now must be a function"],
    [{ now: null }, "now must be a function"],
    [{ onError: {} }, "onError must be a function"],
    [{ onError: null }, "onError must be a function"],
    [{ seen: null }, "seen must have has(id) and add(id)"],
    [{ requestScopedIo: "false" }, "requestScopedIo must be true or false"],
    [{ allowShortSecrets: 1 }, "allowShortSecrets must be true or false"],
    [{ toleranceSeconds: "300" }, "toleranceSeconds must be a number, 0 or more"],
    [{ tolerance: 1 }, "tolerance is not an option; the options are secrets, "],
    [{ onerror: undefined }, "onerror is not an option"],
    [{ constructor: 1 }, "constructor is not an option"],
  ])("%o", (options, text) => {
    const create = () => createWebhookHandler({ secrets: secret, ...(options as object) });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(text);
  });

  it("but not options that are undefined", () => {
    const names = [
      "secretEncoding",
      "allowShortSecrets",
      "toleranceSeconds",
      "maxBodyBytes",
      "bodyTimeoutMs",
      "memoryBudgetBytes",
      "onInvalid",
      "seen",
      "store",
      "requestScopedIo",
      "onError",
      "now",
    ];
    const options = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(() => createWebhookHandler({ secrets: secret, ...options })).not.toThrow();
  });
});

describe("createReceiver rejects at creation", () => {
  it.each([
    [{ adminToken: undefined }, "adminToken must be a text"],
    [{ adminToken: () => undefined }, "adminToken must be a text"],
    [{ adminToken: "" }, "The admin token is empty"],
    [{ store: undefined }, "store is missing"],
    [{ store: {} }, "store must be a store with append(events)"],
    [{ store: null }, "store must be a store with append(events)"],
    [{ secrets: undefined }, "No signing secret is configured"],
    [{ now: 0 }, "now must be a function"],
    [{ onCommit: true }, "onCommit must be a function"],
    [{ onInvalid: "ignore" }, 'onInvalid must be "quarantine" or "reject"'],
    [{ toleranceSeconds: Number.NaN }, "toleranceSeconds must be a number, 0 or more"],
    [{ maxPending: "10" }, "maxPending must be a number, 0 or more"],
    [{ openMetrics: "false" }, "openMetrics must be true or false"],
  ])("%o", (options, text) => {
    const secrets = new SigningSecrets(secret);
    const valid = { store: createMemoryStore(), secrets, adminToken: "token" };
    expect(() => createReceiver(valid)).not.toThrow();
    const create = () => createReceiver({ ...valid, ...(options as object) });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(text);
  });
});

describe("without a handler", () => {
  it.each([undefined, null, {}, "POST"])("nodeHandler rejects %j", (handler) => {
    expect(() => nodeHandler(handler as never)).toThrow("The handler is missing: call nodeHandler(handler)");
  });

  it("fastifyWebhook rejects the registration", async () => {
    const registered = fastifyWebhook({} as never, { path: "/webhooks" } as never);
    await expect(registered).rejects.toThrow(
      "The handler is missing: call app.register(fastifyWebhook, { handler })",
    );
  });
});
