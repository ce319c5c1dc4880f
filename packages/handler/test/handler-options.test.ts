import { ConfigurationError, generateSecret, SigningSecrets } from "@sessionhook/core";
import { describe, expect, it, vi } from "vitest";
import { message, now, requestOf, secret, told } from "@sessionhook/conformance/signed-message";
import { createWebhookHandler } from "../src/create-webhook-handler.js";
import { makeHandler } from "./make-handler.js";

describe("configuration", () => {
  it("rejects unusable secrets at creation", () => {
    for (const secrets of [undefined, "", [], "whsec_c2hvcnQ="]) {
      expect(() => createWebhookHandler({ secrets }), String(secrets)).toThrow(ConfigurationError);
    }
    expect(() => createWebhookHandler({ secrets: "whsec_c2hvcnQ=", allowShortSecrets: true })).not.toThrow();
    expect(() => createWebhookHandler({ secrets: new SigningSecrets(secret) })).not.toThrow();
  });

  it("calls the secrets function for each message, so that secrets can be exchanged", async () => {
    let given: string | undefined;
    const secrets = vi.fn<() => string | undefined>(() => given);
    const { webhook, errors } = makeHandler({ secrets });
    expect(secrets).not.toHaveBeenCalled();
    const [status, problem] = await told(await webhook(requestOf(message())));
    expect([status, problem["code"], problem["detail"]]).toEqual([
      500,
      "misconfigured",
      "The signing secrets are not usable",
    ]);
    expect(errors).toMatchObject([[{ message: expect.stringContaining("secrets returned undefined") }, {}]]);
    given = secret;
    expect((await webhook(requestOf(message()))).status).toBe(200);
    expect((await webhook(requestOf(message()))).status).toBe(200);
    given = generateSecret();
    expect((await webhook(requestOf(message()))).status).toBe(401);
    expect(secrets).toHaveBeenCalledTimes(4);
  });

  it("names an async secrets function as the cause, and no rejection ends the process", async () => {
    const { webhook, errors } = makeHandler({ secrets: (() => Promise.reject(new Error("vault"))) as never });
    expect((await webhook(requestOf(message()))).status).toBe(500);
    expect(errors).toMatchObject([
      [{ message: expect.stringContaining("returned a promise: await it") }, {}],
    ]);
  });

  it("accepts any of several secrets, and a tolerance of 0", async () => {
    const rotating = makeHandler({ secrets: [generateSecret(), secret] });
    expect((await rotating.webhook(requestOf(message()))).status).toBe(200);
    const strict = makeHandler({ toleranceSeconds: 0 });
    expect((await strict.webhook(requestOf(message()))).status).toBe(200);
    expect((await strict.webhook(requestOf(message(undefined, { at: now - 1000 })))).status).toBe(401);
  });

  it("rejects invalid options", () => {
    const bad = [
      { toleranceSeconds: -1 },
      { maxBodyBytes: Number.NaN },
      { onInvalid: "ignore" },
      { seen: [] },
    ];
    for (const options of bad) {
      expect(() => createWebhookHandler({ secrets: secret, ...(options as object) })).toThrow(
        ConfigurationError,
      );
    }
  });

  it.each([0, 0.5, 300_001, Infinity, Number.NaN, "30"])(
    "rejects %s as the time limit of bodies, which a timer would end at once",
    (value) => {
      const options = { bodyTimeoutMs: value as number };
      expect(() => makeHandler(options)).toThrow(
        "bodyTimeoutMs must be a number from 1 to 300000, in milliseconds",
      );
    },
  );

  it("accepts the highest time limit of bodies", async () => {
    const { webhook } = makeHandler({ bodyTimeoutMs: 300_000 });
    expect((await webhook(requestOf(message()))).status).toBe(200);
  });

  it("reports the fix when the body was read before", async () => {
    const { webhook, errors } = makeHandler();
    const request = requestOf(message());
    await request.json();
    const [status, problem] = await told(await webhook(request));
    expect([status, problem["code"]]).toEqual([500, "misconfigured"]);
    expect(problem["detail"]).toMatch(/before anything calls json\(\)/);
    expect(errors).toHaveLength(1);
  });

  it("reports that it needs a Request when it gets another argument", async () => {
    const { webhook } = makeHandler();
    for (const wrong of [{ req: {} }, { headers: {}, on: () => {} }, undefined]) {
      await expect(webhook(wrong as never)).rejects.toThrow(/nodeHandler from @sessionhook\/handler\/node/);
    }
  });
});
