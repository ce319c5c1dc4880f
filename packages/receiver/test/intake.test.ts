import { configure, type LogRecord, reset } from "@logtape/logtape";
import { type EventLog, SigningSecrets, StoreError } from "@sessionhook/core";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { afterEach, beforeEach, expect, it } from "vitest";
import { message, now, requestOf, secret } from "@sessionhook/conformance/signed-message";
import { createReceiver } from "@sessionhook/receiver";

const records: LogRecord[] = [];
beforeEach(() =>
  configure({
    sinks: { records: (record) => void records.push(record) },
    loggers: [{ category: "sessionhook", sinks: ["records"], lowestLevel: "debug" }],
  }),
);
afterEach(async () => {
  await reset();
  records.length = 0;
});

/** The answer to one message, and what was logged about it, where the store fails with `error`. */
async function failing(error: Error) {
  const append = async () => {
    throw error;
  };
  const store: EventLog = { ...createMemoryStore(), append };
  const { fetch } = createReceiver({
    store,
    secrets: new SigningSecrets(secret),
    adminToken: "x".repeat(32),
    now: () => now,
  });
  const answer = await fetch(requestOf(message()));
  const logged = records.map(({ level, properties }) => ({ level, ...properties }));
  return { status: answer.status, answer: (await answer.json()) as object, logged };
}

it("logs why an event was not stored", async () => {
  const cause = Object.assign(new RangeError("of jane@example.com"), { code: "ENOSPC" });
  const result = await failing(new StoreError("store_unavailable", "The disk is full", { cause }));
  expect(result).toMatchObject({ status: 503, answer: { code: "store_unavailable" } });
  expect(result.logged).toEqual([
    {
      level: "error",
      code: "store_unavailable",
      reason: "The disk is full",
      cause: { error: "RangeError", code: "ENOSPC", stack: expect.any(Array) },
    },
  ]);
  expect(JSON.stringify(result.logged)).not.toContain("jane");
});

it("logs an outage once for each reason, not for each message, and its end", async () => {
  const memory = createMemoryStore();
  let reason: string | undefined;
  const append: EventLog["append"] = async (events) => {
    if (reason !== undefined) throw new StoreError("store_unavailable", reason);
    return memory.append(events);
  };
  const { fetch } = createReceiver({
    store: { ...memory, append },
    secrets: new SigningSecrets(secret),
    adminToken: "x".repeat(32),
    now: () => now,
  });
  const send = () => fetch(requestOf(message()));
  for (reason of ["The disk is full", "The disk is full", "The database is locked", undefined, undefined])
    expect((await send()).status).toBe(reason === undefined ? 200 : 503);
  const logged = records.filter(({ level }) => level !== "debug").map(({ properties }) => properties);
  expect(logged).toMatchObject([
    { reason: "The disk is full" },
    { reason: "The database is locked" },
    { refused: 3 },
  ]);
});

it("logs the place of an unexpected error, and never its message", async () => {
  const { fetch } = createReceiver({
    store: createMemoryStore(),
    secrets: () => {
      throw new TypeError("no jane@example.com");
    },
    adminToken: "x".repeat(32),
  });
  const answer = await fetch(requestOf(message()));
  const result = {
    answer: (await answer.json()) as object,
    logged: records.map(({ properties }) => properties),
  };
  expect([answer.status, result.answer]).toMatchObject([500, { code: "internal_error" }]);
  expect(result.logged).toMatchObject([{ error: "TypeError", stack: expect.any(Array) }]);
  expect(JSON.stringify(result)).not.toContain("jane");
});

it("logs the class of an error that a store throws, and never its message", async () => {
  const result = await failing(new TypeError("no jane@example.com"));
  expect(result).toMatchObject({ status: 503, answer: { code: "store_unavailable" } });
  expect(result.logged).toMatchObject([{ level: "error", cause: { error: "TypeError" } }]);
  expect(JSON.stringify(result)).not.toContain("jane");
});

it("logs ten rejections of each code in a minute, then the number of the others", async () => {
  let time = now;
  const { fetch } = createReceiver({
    store: createMemoryStore(),
    secrets: new SigningSecrets(secret),
    adminToken: "x".repeat(32),
    now: () => time,
  });
  const refuse = async (method: string) => {
    expect((await fetch(new Request("http://localhost/webhooks", { method }))).ok).toBe(false);
  };
  for (let count = 0; count < 100; count++) await refuse("PUT");
  await refuse("POST");
  expect(records.map(({ properties }) => properties["code"])).toEqual([
    ...Array.from({ length: 10 }, () => "method_not_allowed"),
    "missing_header",
  ]);
  time += 60_000;
  await refuse("PUT");
  expect(records.slice(11).map(({ rawMessage, properties }) => [rawMessage, properties])).toEqual([
    ["further requests rejected", { code: "method_not_allowed", times: 90 }],
    ["request rejected", { code: "method_not_allowed" }],
  ]);
  expect(records.every(({ level }) => level === "warning")).toBe(true);
});

it("acknowledges nothing that a custom writer does not confirm", async () => {
  for (const result of [{}, { outcome: "inserted" }, { outcome: null }, undefined]) {
    const { fetch } = createReceiver({
      store: createMemoryStore(),
      writer: { write: async (messages) => messages.map(() => result as never) },
      secrets: new SigningSecrets(secret),
      adminToken: "x".repeat(32),
      now: () => now,
    });
    expect((await fetch(requestOf(message()))).status).toBe(result === undefined ? 500 : 503);
  }
});
