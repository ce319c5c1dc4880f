import { ConfigurationError } from "@sessionhook/core";
import { describe, expect, it, vi } from "vitest";
import { message, now, requestOf, secret, told } from "@sessionhook/conformance/signed-message";
import { createWebhookHandler } from "../src/create-webhook-handler.js";
import { makeHandler } from "./make-handler.js";

describe("dispatch", () => {
  it("calls only the handler of the type, with the typed event and its context", async () => {
    const one = message();
    const got: unknown[] = [];
    const { webhook } = makeHandler();
    webhook
      .on("identity.session.finalized", (event, context) => {
        // Narrowed: this line would not compile otherwise.
        const type: "identity.session.finalized" = event.type;
        got.push([type, event.id, context]);
      })
      .on("identity.resolved", () => got.push("wrong"))
      .onUnrecognized(() => got.push("wrong"));

    expect(await told(await webhook(requestOf(one)))).toEqual([200, { status: "accepted", id: one.id }]);
    expect(got).toEqual([
      [
        "identity.session.finalized",
        one.id,
        {
          id: one.id,
          attemptTimestamp: now / 1000,
          receivedAt: now,
          rawBody: new TextEncoder().encode(one.body),
          stored: undefined,
        },
      ],
    ]);
  });

  it("runs several handlers in the order of registration, one after the other", async () => {
    const order: string[] = [];
    const { webhook } = makeHandler();
    webhook
      .on("*", async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push("first");
      })
      .on("identity.session.finalized", () => order.push("second"))
      .on("*", () => order.push("third"));
    await webhook(requestOf(message()));
    expect(order).toEqual(["first", "second", "third"]);
  });

  it("acknowledges events without an event handler", async () => {
    const { webhook } = makeHandler();
    for (const one of [message(), message("identity.enriched")]) {
      expect(await told(await webhook(requestOf(one)))).toEqual([200, { status: "accepted", id: one.id }]);
    }
    const strange = message(undefined, { variant: "unrecognized" });
    expect(await told(await webhook(requestOf(strange)))).toEqual([
      200,
      { status: "unrecognized", id: strange.id },
    ]);
  });

  it("compiles a comparison with a new type if event.type is widened, as docs/guides/README.md advises", async () => {
    const one = message(undefined, { variant: "unrecognized" });
    const { type: newType } = JSON.parse(one.body) as { type: string };
    const found: boolean[] = [];
    const { webhook } = makeHandler();
    webhook.onUnrecognized((event) => {
      const type: string = event.type;
      // @ts-expect-error TS2367: the types of both sides have no overlap.
      found.push(type === newType, event.type === "identity.unheard.of");
    });
    await webhook(requestOf(one));
    expect(found).toEqual([true, false]);
  });

  it("passes events of unknown types unchanged to onUnrecognized and *", async () => {
    const one = message(undefined, { variant: "unrecognized" });
    const got: unknown[] = [];
    const { webhook } = makeHandler();
    webhook
      .on("identity.session.finalized", () => got.push("wrong"))
      .onUnrecognized((event) => got.push(event))
      .on("*", (event) => got.push(event.type));
    await webhook(requestOf(one));
    const event = JSON.parse(one.body) as { type: string };
    expect(got).toEqual([event, event.type]);
  });

  it("rejects a misspelt type at registration", () => {
    const { webhook } = makeHandler();
    expect(() => webhook.on("identity.session.finalised" as "*", () => undefined)).toThrow(
      /"identity\.session\.finalised" is not an event type.*identity\.session\.finalized/,
    );
    expect(() => webhook.on("*", undefined as never)).toThrow(ConfigurationError);
  });
});

describe("a handler that throws", () => {
  it("requests a retry, runs no further handler, and reports the error to onError only", async () => {
    const one = message();
    const failure = new Error("no room for jane@example.com");
    const later = vi.fn<() => void>();
    const { webhook, errors } = makeHandler();
    let fail = true;
    webhook
      .on("identity.session.finalized", async () => {
        if (fail) throw failure;
      })
      .on("*", later);

    const [status, problem] = await told(await webhook(requestOf(one)));
    expect([status, problem["code"], problem["title"]]).toEqual([
      500,
      "handler_failed",
      "Internal Server Error",
    ]);
    expect(JSON.stringify(problem)).not.toContain("jane");
    expect(errors).toEqual([[failure, { code: "handler_failed", id: one.id }]]);
    expect(later).not.toHaveBeenCalled();

    fail = false;
    expect(await told(await webhook(requestOf(one)))).toEqual([200, { status: "accepted", id: one.id }]);
    expect(later).toHaveBeenCalledOnce();
  });

  it("is reported on the console if there is no onError", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const failure = new Error("mine");
    const one = message();
    const webhook = createWebhookHandler({ secrets: secret, now: () => now }).on("*", () => {
      throw failure;
    });
    await webhook(requestOf(one));
    expect(error.mock.calls).toEqual([[`[sessionhook] handler_failed (${one.id}):`, failure]]);
    error.mockRestore();
  });

  it.each([
    [
      "throws",
      () => {
        throw new TypeError("and me");
      },
    ],
    ["rejects", () => Promise.reject(new TypeError("and me"))],
  ])("is answered even if onError %s too, and the console shows both errors", async (_, onError) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const unhandled = vi.fn<(reason: unknown) => void>();
    process.on("unhandledRejection", unhandled);
    try {
      const failure = new Error("me");
      const { webhook } = makeHandler({ onError });
      webhook.on("*", () => Promise.reject(failure));
      const one = message();
      expect((await webhook(requestOf(one))).status).toBe(500);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(error.mock.calls).toEqual([
        [`[sessionhook] handler_failed (${one.id}):`, failure],
        ["[sessionhook] onError failed:", expect.any(TypeError)],
      ]);
    } finally {
      process.off("unhandledRejection", unhandled);
      error.mockRestore();
    }
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("is answered even if the console throws", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {
      throw new Error("closed");
    });
    const unhandled = vi.fn<(reason: unknown) => void>();
    process.on("unhandledRejection", unhandled);
    try {
      for (const onError of [undefined, () => Promise.reject(new Error("and me"))]) {
        const { webhook } = makeHandler({ onError });
        webhook.on("*", () => Promise.reject(new Error("me")));
        expect((await webhook(requestOf(message()))).status).toBe(500);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      process.off("unhandledRejection", unhandled);
      error.mockRestore();
    }
    expect(unhandled).not.toHaveBeenCalled();
  });
});
