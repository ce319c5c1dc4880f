import { configure, reset } from "@logtape/logtape";
import { deliveryItem, noDeadline, personalData } from "@sessionhook/conformance/destination-suite";
import type { Outcome } from "@sessionhook/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { previewOf } from "../preview-of.js";
import { drivers } from "../registry.js";
import { code } from "./code.js";
import type { EventHandler, HandlerContext } from "./config.js";

const now = 1_780_315_200_000;
const lines: string[] = [];
beforeEach(async () => {
  lines.length = 0;
  await configure({
    sinks: {
      lines: (record) =>
        lines.push(`${record.level} ${record.message.join("")} ${JSON.stringify(record.properties)}`),
    },
    loggers: [
      { category: "sessionhook", sinks: ["lines"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  });
});
afterEach(() => reset());

async function call(handle: EventHandler, item = deliveryItem()): Promise<Outcome> {
  const destination = await drivers.code.create({ handle }, { name: "crm", folder: "/", now: () => now });
  const [outcome] = await destination.send([item], { ...noDeadline, now: () => now });
  await destination.close();
  return outcome as Outcome;
}

describe("a handler", () => {
  it("can change the facts and the event, of which other destinations get their own", async () => {
    const item = deliveryItem();
    const [facts, raw] = [structuredClone(item.facts), Uint8Array.from(item.event.raw)];
    const changing = (event: object, context: object) => {
      for (const given of [event, context, (context as HandlerContext).facts ?? {}])
        for (const name of Object.keys(given)) Object.assign(given, { [name]: [] });
    };
    await call(changing, item);
    expect(item.facts).toEqual(facts);
    expect(Uint8Array.from(item.event.raw)).toEqual(raw);
  });

  it("gets the event, its facts and what the attempt is", async () => {
    const item = deliveryItem({ attempt: 3, replay: "rpl_1" });
    const got: [unknown, HandlerContext][] = [];
    expect(await call((event, context) => void got.push([event, context]), item)).toEqual({
      outcome: "delivered",
    });
    expect(got[0]?.[0]).toEqual(JSON.parse(new TextDecoder().decode(item.event.raw)));
    const { signal, log: _, reject: __, retryAt: ___, ...about } = got[0]?.[1] ?? ({} as HandlerContext);
    expect(about).toEqual({
      facts: item.facts,
      status: item.event.status,
      receivedAt: item.event.receivedAt,
      raw: Uint8Array.from(item.event.raw),
      idempotencyKey: item.event.id,
      attempt: 3,
      replay: "rpl_1",
      test: false,
    });
    // Closing ends it.
    expect(signal.aborted).toBe(true);
  });

  it("gets to know that the event is the sample of a test", async () => {
    const got: boolean[] = [];
    await call((_, { test }) => void got.push(test), { ...deliveryItem(), deliveryId: "test" });
    expect(got).toEqual([true]);
  });

  it.each<[string, EventHandler, Outcome]>([
    [
      "rejects",
      (_, { reject }) => reject(),
      { outcome: "rejected", reason: { code: "rejected_by_handler" } },
    ],
    [
      "rejects with a code",
      async (_, { reject }) => reject("no_email"),
      { outcome: "rejected", reason: { code: "no_email" } },
    ],
    [
      "rejects with a text",
      (_, { reject }) => reject(`No mail for ${personalData[0]}`),
      { outcome: "rejected", reason: { code: "rejected_by_handler" } },
    ],
    [
      "rejects and catches everything",
      async (_, { reject }) => {
        try {
          reject("first");
        } catch {
          return 1;
        }
      },
      { outcome: "rejected", reason: { code: "first" } },
    ],
    [
      "waits until a date",
      (_, { retryAt }) => retryAt(new Date(now + 60_000)),
      { outcome: "retry", reason: { code: "postponed" }, after: now + 60_000, used: false },
    ],
    [
      "waits until the past",
      (_, { retryAt }) => retryAt(now - 1),
      { outcome: "retry", reason: { code: "postponed" }, after: now + 1000, used: false },
    ],
    ...[0, 120, now / 1000, null, undefined, "", String(now), true, new Date("x"), [now], 9e15].map(
      (time): [string, EventHandler, Outcome] => [
        `does not wait until ${typeof time} ${String(time)}`,
        (_, { retryAt }) => retryAt(time as number),
        { outcome: "retry", reason: { code: "handler_failed" } },
      ],
    ),
    [
      "returns a generator, whose body has not run",
      () =>
        (function* () {
          yield 1;
        })(),
      { outcome: "retry", reason: { code: "handler_failed" } },
    ],
    [
      "returns an asynchronous generator",
      async () =>
        (async function* () {
          yield 1;
        })(),
      { outcome: "retry", reason: { code: "handler_failed" } },
    ],
    ["returns a list", () => [1], { outcome: "delivered" }],
    [
      "waits until no time",
      (_, { retryAt }) => retryAt(Number.NaN),
      { outcome: "retry", reason: { code: "handler_failed" } },
    ],
    [
      "returns a rejected promise",
      () => Promise.reject(new Error("x")),
      { outcome: "retry", reason: { code: "handler_failed" } },
    ],
    [
      "throws nothing",
      () => {
        throw undefined;
      },
      { outcome: "retry", reason: { code: "handler_failed" } },
    ],
  ])("%s", async (_, handle, expected) => {
    expect(await call(handle)).toEqual(expected);
  });

  it("that throws leaves its place in the log, and nothing of the event", async () => {
    const failing: EventHandler = (event) => {
      throw new Error(`Cannot store ${JSON.stringify(event)}\n    at ${personalData[0]} (x.ts:1:1)`);
    };
    expect(await call(failing)).toEqual({ outcome: "retry", reason: { code: "handler_failed" } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("The handler of crm failed at handlers.test.ts:");
    for (const text of personalData) expect(lines[0]).not.toContain(text);
  });

  it("that gives no time to retryAt leaves the place of the call", async () => {
    // In braces: a call in tail position has no frame in Bun.
    await call((_, { retryAt }) => {
      retryAt(Number.NaN);
    });
    expect(lines[0]).toContain("The handler of crm failed at handlers.test.ts:");
  });

  it("that rejects with a value that has no place is logged without one", async () => {
    await call(() => Promise.reject(null));
    expect(lines[0]).toContain("The handler of crm failed at an unknown place");
  });

  it.each<[string, () => unknown]>([
    ["null as its message", () => Object.assign(new Error("x"), { message: null })],
    [
      "a stack that throws",
      () =>
        Object.defineProperty(new Error("x"), "stack", {
          get: () => {
            throw new Error("y");
          },
        }),
    ],
    [
      "a message that throws",
      () =>
        Object.defineProperty(new Error("x"), "message", {
          get: () => {
            throw new Error("y");
          },
        }),
    ],
    ["a prototype that throws", () => new Proxy({}, { getPrototypeOf: () => Reflect.get(Object(), "x").y })],
  ])("that throws an error with %s is logged", async (_, create) => {
    expect(await call(() => Promise.reject(create()))).toEqual({
      outcome: "retry",
      reason: { code: "handler_failed" },
    });
    expect(lines[0]).toContain("The handler of crm failed at ");
  });

  it("logs under the name of its destination", async () => {
    await call((_, { log }) => log.info("stored {count}", { count: 2 }));
    expect(lines).toEqual(['info stored 2 {"count":2}']);
  });

  it.each(["\u0001\u0002", "[]", '[{ "type": "a" }]', "null", '"a"'])(
    "is not called for a body that is not a JSON object: %j",
    async (body) => {
      let calls = 0;
      const item = deliveryItem({ raw: new TextEncoder().encode(body), facts: undefined });
      expect(await call(() => (calls += 1), item)).toEqual({
        outcome: "skipped",
        reason: { code: "not_json" },
      });
      expect(calls).toBe(0);
      expect(await previewOf("code", {}, item)).toBeUndefined();
    },
  );
});

describe("code()", () => {
  it("turns `on` into types, and copies the other keys", () => {
    const handle = () => undefined;
    expect(code({ handle })).toEqual({ type: "code", handle });
    expect(code({ on: "identity.resolved", timeout: "5s", handle })).toEqual({
      type: "code",
      types: ["identity.resolved"],
      timeout: "5s",
      handle,
    });
    expect(code({ on: ["a", "b"], handle }).types).toEqual(["a", "b"]);
  });

  it("has the durations of other destinations in its types: the configuration refuses a number", () => {
    const handle = () => undefined;
    // @ts-expect-error -- a number has no unit
    expect(code({ timeout: 5000, handle }).timeout).toBe(5000);
    // @ts-expect-error -- a text without a unit
    expect(code({ timeout: "5", handle }).timeout).toBe("5");
  });
});
