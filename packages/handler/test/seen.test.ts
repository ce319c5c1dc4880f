import { describe, expect, it, vi } from "vitest";
import { message, requestOf, told } from "@sessionhook/conformance/signed-message";
import { type EventContext } from "../src/create-webhook-handler.js";
import { makeHandler } from "./make-handler.js";

describe("seen", () => {
  it("runs handlers once per id, for any later message", async () => {
    const one = message();
    const handler = vi.fn<() => void>();
    const { webhook } = makeHandler({ seen: new Set() });
    webhook.on("*", handler);
    const answers = [await webhook(requestOf(one)), await webhook(requestOf(one))];
    expect(await Promise.all(answers.map(told))).toEqual([
      [200, { status: "accepted", id: one.id }],
      [200, { status: "duplicate", id: one.id }],
    ]);
    expect(handler).toHaveBeenCalledOnce();
  });

  it.each([1, "1", { id: "evt_1" }])(
    "knows an id if has returns %j, as clients of databases do",
    async (found) => {
      const handler = vi.fn<() => void>();
      const { webhook } = makeHandler({
        seen: { has: () => found as unknown as boolean, add: () => undefined },
      });
      webhook.on("*", handler);
      const one = message();
      expect(await told(await webhook(requestOf(one)))).toEqual([200, { status: "duplicate", id: one.id }]);
      expect(handler).not.toHaveBeenCalled();
    },
  );

  it.each([0, null, undefined])("does not know an id if has returns %j", async (found) => {
    const handler = vi.fn<() => void>();
    const { webhook } = makeHandler({
      seen: { has: () => found as unknown as boolean, add: () => undefined },
    });
    webhook.on("*", handler);
    expect((await webhook(requestOf(message()))).status).toBe(200);
    expect(handler).toHaveBeenCalledOnce();
  });

  it("applies to messages with one id that arrive together, and does not delay others", async () => {
    const one = message();
    const other = message();
    let running = 0;
    let most = 0;
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const handler = vi.fn<(event: unknown, context: EventContext) => Promise<void>>(async (_, { id }) => {
      if (id === other.id) return;
      running++;
      most = Math.max(most, running);
      await gate;
      running--;
    });
    const { webhook } = makeHandler({ seen: new Set() });
    webhook.on("*", handler);
    const together = Array.from({ length: 8 }, () => webhook(requestOf(one)));
    expect((await webhook(requestOf(other))).status).toBe(200);
    release();
    const statuses = (await Promise.all((await Promise.all(together)).map(told))).map(
      ([, { status }]) => status,
    );
    expect(statuses.toSorted()).toEqual(["accepted", ...Array.from({ length: 7 }, () => "duplicate")]);
    expect([handler.mock.calls.length, most]).toEqual([2, 1]);
  });

  it("does not record an id whose handler failed, and runs the handler for the next message with that id", async () => {
    const one = message();
    const handler = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error("once")).mockResolvedValue();
    const { webhook } = makeHandler({ seen: new Set() });
    webhook.on("*", handler);
    const answers = await Promise.all([webhook(requestOf(one)), webhook(requestOf(one))]);
    expect(answers.map(({ status }) => status)).toEqual([500, 200]);
    expect(handler).toHaveBeenCalledTimes(2);
  });

  it("prevents the acknowledgement if it cannot be read; causes only a report if it cannot be written", async () => {
    const handler = vi.fn<() => void>();
    const failure = new Error("table gone");
    const unreadable = makeHandler({ seen: { has: () => Promise.reject(failure), add: () => undefined } });
    unreadable.webhook.on("*", handler);
    expect((await unreadable.webhook(requestOf(message()))).status).toBe(500);
    expect(handler).not.toHaveBeenCalled();

    const one = message();
    const unwritable = makeHandler({ seen: { has: () => false, add: () => Promise.reject(failure) } });
    unwritable.webhook.on("*", handler);
    expect((await unwritable.webhook(requestOf(one))).status).toBe(200);
    expect(unwritable.errors).toEqual([[failure, { code: "seen_not_recorded", id: one.id }]]);
  });

  it("runs the handlers for every genuine message without it, one after the other", async () => {
    const one = message();
    const { webhook } = makeHandler();
    let running = 0;
    const handler = vi.fn<() => Promise<void>>(async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    });
    webhook.on("*", handler);
    await Promise.all([webhook(requestOf(one)), webhook(requestOf(one)), webhook(requestOf(one))]);
    expect(handler).toHaveBeenCalledTimes(3);
  });
});
