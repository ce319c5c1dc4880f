import { type EventLog, sign, StoreError } from "@sessionhook/core";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, it, vi } from "vitest";
import { message, now, requestOf, secret, told } from "@sessionhook/conformance/signed-message";
import { makeHandler } from "./make-handler.js";

describe("with a store", () => {
  it("the event is durable before its handlers run, and duplicates and conflicts are distinguished", async () => {
    const store = createMemoryStore();
    const one = message();
    const got: unknown[] = [];
    const { webhook } = makeHandler({ store });
    webhook.on("*", async (_, { id, stored }) => {
      got.push([stored, (await store.versions(id)).length]);
    });
    const other = one.body.replace("{", "{ ");
    const conflict = {
      ...one,
      body: other,
      headers: { ...sign(other, { id: one.id, secret, timestamp: now / 1000 }) },
    };
    const statuses = [];
    for (const next of [one, one, conflict]) {
      statuses.push((await told(await webhook(requestOf(next))))[1]["status"]);
    }
    expect(statuses).toEqual(["accepted", "duplicate", "conflict"]);
    expect(got).toEqual([
      ["stored", 1],
      ["duplicate", 1],
      ["conflict", 2],
    ]);
  });

  it("an event whose handlers failed is stored, and its retry runs them although it is a duplicate", async () => {
    const store = createMemoryStore();
    const one = message();
    const handler = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error("once")).mockResolvedValue();
    const { webhook } = makeHandler({ store, seen: new Set() });
    webhook.on("*", handler);
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push((await webhook(requestOf(one))).status);
    expect(answers).toEqual([500, 200, 200]);
    expect(handler).toHaveBeenCalledTimes(2);
    expect(await store.stats()).toMatchObject({ accepted: 1, duplicates: 2 });
  });

  it("stores and acknowledges invalid events, unless onInvalid is reject", async () => {
    const store = createMemoryStore();
    const one = message(undefined, { variant: "invalid" });
    expect(await told(await makeHandler({ store }).webhook(requestOf(one)))).toEqual([
      200,
      { status: "quarantined", id: one.id },
    ]);
    const two = message(undefined, { variant: "invalid" });
    expect((await makeHandler({ store, onInvalid: "reject" }).webhook(requestOf(two))).status).toBe(422);
    expect(await store.stats()).toMatchObject({ quarantined: 1 });
  });

  it("no request waits for the I/O of another with requestScopedIo", async () => {
    const store = createMemoryStore();
    const [first, second] = [message(), message()];
    let hanging = true;
    const append: EventLog["append"] = (events) => {
      // Bodies differ in length, so the message that was sent last may be read first.
      if (!hanging || events[0]?.id !== first.id) return store.append(events);
      hanging = false;
      return new Promise(() => undefined);
    };
    const handled: string[] = [];
    const { webhook } = makeHandler({ store: { append } as EventLog, requestScopedIo: true });
    webhook.on("*", (_, context) => handled.push(context.id));
    void webhook(requestOf(first));
    expect(await told(await webhook(requestOf(second)))).toEqual([
      200,
      { status: "accepted", id: second.id },
    ]);
    expect(await told(await webhook(requestOf(first)))).toEqual([200, { status: "accepted", id: first.id }]);
    expect(handled).toEqual([second.id, first.id]);
  });

  it("that is down: 503, and no handler runs", async () => {
    const down: EventLog = Object.assign(createMemoryStore(), {
      append: () => Promise.reject(new StoreError("store_unavailable", "The disk is full")),
    });
    const handler = vi.fn<() => void>();
    const { webhook, errors } = makeHandler({ store: down });
    webhook.on("*", handler);
    const answer = await webhook(requestOf(message()));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(errors.map(([, { code }]) => code)).toEqual(["store_unavailable"]);
    expect(handler).not.toHaveBeenCalled();
  });
});
