import {
  type AppendOutcome,
  type EventLog,
  type NewEvent,
  SigningSecrets,
  StoreError,
} from "@sessionhook/core";
import { createReceiver } from "@sessionhook/receiver";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, it, vi } from "vitest";
import { message, now, requestOf, secret, told } from "@sessionhook/conformance/signed-message";
import { createWebhookHandler } from "../src/create-webhook-handler.js";

type Append = (events: readonly NewEvent[]) => unknown;
type Endpoint = (request: Request) => Promise<Response>;

/** Results that confirm nothing, for a batch of any size. */
const unconfirmed: [string, (events: readonly NewEvent[]) => unknown][] = [
  ["undefined", () => undefined],
  ["null", () => null],
  ["true", () => true],
  ["a number", (events) => events.length],
  ["a text", () => "stored"],
  ["a text as long as the batch", (events) => "s".repeat(events.length)],
  ["no outcome", () => []],
  ["an outcome too few", (events) => events.slice(1).map(() => "stored")],
  ["an outcome too many", (events) => [...events.map(() => "stored"), "stored"]],
  ["a hole for each event", ({ length }) => Array(length)],
  ["unknown outcomes", (events) => events.map(() => "inserted")],
  ["outcomes in upper case", (events) => events.map(() => "STORED")],
  ["the result of a custom writer", (events) => events.map(() => "rejected")],
  ["undefined outcomes", (events) => events.map(() => undefined)],
  ["lists", (events) => events.map(() => ["stored"])],
  ["objects", (events) => events.map(({ id }) => ({ id, outcome: "stored" }))],
  ["boxed texts", (events) => events.map(() => new String("stored"))],
  [
    "one wrong outcome at the end",
    (events) => events.map((_, i) => (i + 1 < events.length ? "stored" : "ok")),
  ],
  ["an object like an array", (events) => ({ ...events.map(() => "stored"), length: events.length })],
  ["a set", () => new Set(["stored"])],
  ["promises", (events) => events.map(() => Promise.resolve("stored"))],
];

const endpoints: [string, (append: Append) => { endpoint: Endpoint; errors: unknown[] }][] = [
  false,
  true,
].flatMap((requestScopedIo) => {
  const writes = requestScopedIo ? "unbatched" : "batched";
  const storeOf = (append: Append) => ({ ...createMemoryStore(), append }) as EventLog;
  return [
    [
      `the handler, ${writes}`,
      (append: Append) => {
        const errors: unknown[] = [];
        const onError = (error: unknown) => errors.push(error);
        const store = storeOf(append);
        const endpoint = createWebhookHandler({
          secrets: secret,
          store,
          now: () => now,
          onError,
          requestScopedIo,
        });
        return { endpoint, errors };
      },
    ],
    [
      `the receiver, ${writes}`,
      (append: Append) => {
        const secrets = new SigningSecrets(secret);
        const options = {
          store: storeOf(append),
          secrets,
          adminToken: "token",
          now: () => now,
          requestScopedIo,
        };
        return { endpoint: createReceiver(options).fetch, errors: [] };
      },
    ],
  ];
});

describe.each(endpoints)("%s", (name, create) => {
  it.each(unconfirmed)("acknowledges nothing if append returns %s", async (_, result) => {
    const { endpoint, errors } = create(async (events) => result(events));
    const answers = await Promise.all(Array.from({ length: 3 }, () => endpoint(requestOf(message()))));
    for (const answer of answers) {
      expect(answer.headers.get("retry-after")).toBe("5");
      expect(await told(answer)).toMatchObject([
        503,
        { code: "store_unavailable", detail: expect.stringContaining("append must return an array") },
      ]);
    }
    if (name.startsWith("the handler")) expect(errors).toHaveLength(3);
  });

  it("acknowledges what append confirms, also without a promise", async () => {
    for (const outcome of ["stored", "duplicate", "conflict"] satisfies AppendOutcome[]) {
      const { endpoint, errors } = create((events) => events.map(() => outcome));
      const [status, answer] = await told(await endpoint(requestOf(message())));
      expect([status, answer["status"], errors]).toEqual([
        200,
        outcome === "stored" ? "accepted" : outcome,
        [],
      ]);
    }
  });

  it.each([
    ["rejects with an error of a database", () => Promise.reject(new TypeError("no jane@example.com"))],
    [
      "throws at once",
      () => {
        throw new TypeError("no jane@example.com");
      },
    ],
    ["rejects with a text", () => Promise.reject("no jane@example.com")],
    ["rejects without a reason", () => Promise.reject()],
  ])("answers 503 with Retry-After if append %s", async (_, append: () => unknown) => {
    const { endpoint, errors } = create(append);
    const answer = await endpoint(requestOf(message()));
    expect(answer.headers.get("retry-after")).toBe("5");
    const [status, problem] = await told(answer);
    expect([status, problem["code"], problem["detail"]]).toEqual([
      503,
      "store_unavailable",
      "The store failed to append the events",
    ]);
    if (name.startsWith("the handler")) expect(errors).toMatchObject([{ name: "StoreError" }]);
  });

  it("passes the errors of a driver on unchanged", async () => {
    const full = new StoreError("store_unavailable", "The disk is full");
    const { endpoint, errors } = create(() => Promise.reject(full));
    expect((await told(await endpoint(requestOf(message()))))[1]["detail"]).toBe("The disk is full");
    if (name.startsWith("the handler")) expect(errors).toEqual([full]);
  });
});

it("without onError, the console shows the error that the store threw", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const cause = new Error("no such table");
  const store = { append: () => Promise.reject(cause) } as unknown as EventLog;
  const one = message();
  await createWebhookHandler({ secrets: secret, store, now: () => now })(requestOf(one));
  expect(error.mock.calls).toEqual([
    [`[sessionhook] store_unavailable (${one.id}):`, "The store failed to append the events", cause],
  ]);
  error.mockRestore();
});
