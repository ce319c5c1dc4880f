import {
  ConfigurationError,
  type EventLog,
  generateSecret,
  sign,
  SigningSecrets,
  StoreError,
} from "@sessionhook/core";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, it, vi } from "vitest";
import { message, now, requestOf, secret, told } from "@sessionhook/conformance/signed-message";
import {
  createWebhookHandler,
  type ErrorContext,
  type EventContext,
  type InvalidEvent,
  type WebhookHandlerOptions,
} from "../src/create-webhook-handler.js";

/** Creates a handler, with a list of the errors that `onError` received. */
function make(options: Partial<WebhookHandlerOptions> = {}) {
  const errors: [unknown, ErrorContext][] = [];
  const webhook = createWebhookHandler({
    secrets: secret,
    now: () => now,
    onError: (error, context) => errors.push([error, context]),
    ...options,
  });
  return { webhook, errors };
}

describe("dispatch", () => {
  it("calls only the handler of the type, with the typed event and its context", async () => {
    const one = message();
    const got: unknown[] = [];
    const { webhook } = make();
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
    const { webhook } = make();
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
    const { webhook } = make();
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
    const { webhook } = make();
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
    const { webhook } = make();
    webhook
      .on("identity.session.finalized", () => got.push("wrong"))
      .onUnrecognized((event) => got.push(event))
      .on("*", (event) => got.push(event.type));
    await webhook(requestOf(one));
    const event = JSON.parse(one.body) as { type: string };
    expect(got).toEqual([event, event.type]);
  });

  it("rejects a misspelt type at registration", () => {
    const { webhook } = make();
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
    const { webhook, errors } = make();
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
      const { webhook } = make({ onError });
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
        const { webhook } = make({ onError });
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

describe("rejected messages", () => {
  const refusals: [string, number, string, () => Request][] = [
    ["a changed body", 401, "signature_mismatch", () => changed(message())],
    ["another secret", 401, "signature_mismatch", () => signedBy(generateSecret())],
    ["an old attempt", 401, "timestamp_too_old", () => requestOf(message(undefined, { at: now - 301_000 }))],
    ["a future one", 401, "timestamp_too_new", () => requestOf(message(undefined, { at: now + 301_000 }))],
    ["no headers", 400, "missing_header", () => requestOf({ ...message(), headers: {} })],
    ["a compressed body", 415, "unsupported_content_encoding", () => encoded("gzip")],
    ["a declared size over the limit", 413, "payload_too_large", () => sized(100_001)],
    ["GET", 405, "method_not_allowed", () => new Request("http://localhost/webhooks")],
    ["an invalid event", 422, "invalid_payload", () => requestOf(message(undefined, { variant: "invalid" }))],
  ];
  const changed = (one: ReturnType<typeof message>) => requestOf({ ...one, body: `${one.body} ` });
  const encoded = (coding: string) => requestOf(message(), { headers: { "content-encoding": coding } });
  const sized = (bytes: number) =>
    requestOf({ ...message(), body: "x".repeat(bytes) }, { headers: { "content-length": String(bytes) } });
  const signedBy = (other: string) => {
    const { id, body } = message();
    return requestOf({ id, body, headers: { ...sign(body, { id, secret: other, now }) } });
  };

  for (const [what, status, code, request] of refusals) {
    it(`${what}: ${status} ${code}, and no handler runs`, async () => {
      const { webhook, errors } = make({ maxBodyBytes: 100_000 });
      const handler = vi.fn<() => void>();
      webhook.on("*", handler);
      const answer = await webhook(request());
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      const [got, problem] = await told(answer);
      expect([got, problem["status"], problem["code"]]).toEqual([status, status, code]);
      expect(handler).not.toHaveBeenCalled();
      // The sender's mistakes are no errors of this side.
      expect(errors).toEqual([]);
    });
  }

  it("list the issues of a rejected event, and the allowed method", async () => {
    const { webhook } = make();
    const invalid = await webhook(requestOf(message(undefined, { variant: "invalid" })));
    const [, problem] = await told(invalid);
    const { length } = problem["issues"] as unknown[];
    expect(length).toBeGreaterThan(0);
    expect(problem).toMatchObject({ total: length, exact: true });
    expect((await webhook(new Request("http://localhost/", { method: "PUT" }))).headers.get("allow")).toBe(
      "POST",
    );
  });

  it("a body without a length, as soon as it exceeds the limit", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 10_000;
        controller.enqueue(new Uint8Array(10_000));
      },
    });
    const { webhook } = make({ maxBodyBytes: 50_000 });
    const init = { method: "POST", body, duplex: "half", headers: message().headers } as RequestInit;
    expect((await webhook(new Request("http://localhost/", init))).status).toBe(413);
    expect(sent).toBeLessThan(100_000);
  });
});

it("a flood of rejected messages does not flood the log", async () => {
  const records: LogRecord[] = [];
  const loggers = [
    { category: "sessionhook", sinks: ["records"] },
    { category: ["logtape", "meta"], sinks: [] },
  ];
  await configure({ sinks: { records: (record) => void records.push(record) }, loggers });
  let time = now;
  const { webhook } = make({ now: () => time });
  const unsigned = () => new Request("http://localhost/", { method: "POST", body: "{}" });
  for (let count = 0; count < 100; count++) expect((await webhook(unsigned())).status).toBe(400);
  time += 60_000;
  await webhook(unsigned());
  await reset();
  expect(records.map(({ rawMessage, properties }) => [rawMessage, properties])).toEqual([
    ...Array.from({ length: 10 }, () => ["request rejected", { code: "missing_header" }]),
    ["further requests rejected", { code: "missing_header", times: 90 }],
    ["request rejected", { code: "missing_header" }],
  ]);
});

describe("invalid events", () => {
  it("are passed to onInvalid with their issues, and acknowledged when it resolves", async () => {
    const one = message(undefined, { variant: "invalid" });
    const onInvalid = vi.fn<(invalid: InvalidEvent, context: EventContext) => void>();
    const handler = vi.fn<() => void>();
    const { webhook } = make({ onInvalid });
    webhook.on("*", handler);
    expect(await told(await webhook(requestOf(one)))).toEqual([200, { status: "quarantined", id: one.id }]);
    const [invalid, context] = onInvalid.mock.calls[0] ?? [];
    expect(invalid?.issues.length).toBeGreaterThan(0);
    expect(invalid).toMatchObject({ total: invalid?.issues.length, exact: true });
    expect(context?.id).toBe(one.id);
    expect(handler).not.toHaveBeenCalled();
  });

  it("are not acknowledged when onInvalid throws", async () => {
    const { webhook, errors } = make({ onInvalid: () => Promise.reject(new Error("full")) });
    const answer = await webhook(requestOf(message(undefined, { variant: "invalid" })));
    expect((await told(answer))[1]["code"]).toBe("handler_failed");
    expect(errors).toHaveLength(1);
  });
});

describe("seen", () => {
  it("runs handlers once per id, for any later message", async () => {
    const one = message();
    const handler = vi.fn<() => void>();
    const { webhook } = make({ seen: new Set() });
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
      const { webhook } = make({ seen: { has: () => found as unknown as boolean, add: () => undefined } });
      webhook.on("*", handler);
      const one = message();
      expect(await told(await webhook(requestOf(one)))).toEqual([200, { status: "duplicate", id: one.id }]);
      expect(handler).not.toHaveBeenCalled();
    },
  );

  it.each([0, null, undefined])("does not know an id if has returns %j", async (found) => {
    const handler = vi.fn<() => void>();
    const { webhook } = make({ seen: { has: () => found as unknown as boolean, add: () => undefined } });
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
    const { webhook } = make({ seen: new Set() });
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
    const { webhook } = make({ seen: new Set() });
    webhook.on("*", handler);
    const answers = await Promise.all([webhook(requestOf(one)), webhook(requestOf(one))]);
    expect(answers.map(({ status }) => status)).toEqual([500, 200]);
    expect(handler).toHaveBeenCalledTimes(2);
  });

  it("prevents the acknowledgement if it cannot be read; causes only a report if it cannot be written", async () => {
    const handler = vi.fn<() => void>();
    const failure = new Error("table gone");
    const unreadable = make({ seen: { has: () => Promise.reject(failure), add: () => undefined } });
    unreadable.webhook.on("*", handler);
    expect((await unreadable.webhook(requestOf(message()))).status).toBe(500);
    expect(handler).not.toHaveBeenCalled();

    const one = message();
    const unwritable = make({ seen: { has: () => false, add: () => Promise.reject(failure) } });
    unwritable.webhook.on("*", handler);
    expect((await unwritable.webhook(requestOf(one))).status).toBe(200);
    expect(unwritable.errors).toEqual([[failure, { code: "seen_not_recorded", id: one.id }]]);
  });

  it("runs the handlers for every genuine message without it, one after the other", async () => {
    const one = message();
    const { webhook } = make();
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

describe("with a store", () => {
  it("the event is durable before its handlers run, and duplicates and conflicts are distinguished", async () => {
    const store = createMemoryStore();
    const one = message();
    const got: unknown[] = [];
    const { webhook } = make({ store });
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
    const { webhook } = make({ store, seen: new Set() });
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
    expect(await told(await make({ store }).webhook(requestOf(one)))).toEqual([
      200,
      { status: "quarantined", id: one.id },
    ]);
    const two = message(undefined, { variant: "invalid" });
    expect((await make({ store, onInvalid: "reject" }).webhook(requestOf(two))).status).toBe(422);
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
    const { webhook } = make({ store: { append } as EventLog, requestScopedIo: true });
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
    const { webhook, errors } = make({ store: down });
    webhook.on("*", handler);
    const answer = await webhook(requestOf(message()));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(errors.map(([, { code }]) => code)).toEqual(["store_unavailable"]);
    expect(handler).not.toHaveBeenCalled();
  });
});

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
    const { webhook, errors } = make({ secrets });
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
    const { webhook, errors } = make({ secrets: (() => Promise.reject(new Error("vault"))) as never });
    expect((await webhook(requestOf(message()))).status).toBe(500);
    expect(errors).toMatchObject([
      [{ message: expect.stringContaining("returned a promise: await it") }, {}],
    ]);
  });

  it("accepts any of several secrets, and a tolerance of 0", async () => {
    const rotating = make({ secrets: [generateSecret(), secret] });
    expect((await rotating.webhook(requestOf(message()))).status).toBe(200);
    const strict = make({ toleranceSeconds: 0 });
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
      expect(() => make(options)).toThrow("bodyTimeoutMs must be a number from 1 to 300000, in milliseconds");
    },
  );

  it("accepts the highest time limit of bodies", async () => {
    const { webhook } = make({ bodyTimeoutMs: 300_000 });
    expect((await webhook(requestOf(message()))).status).toBe(200);
  });

  it("reports the fix when the body was read before", async () => {
    const { webhook, errors } = make();
    const request = requestOf(message());
    await request.json();
    const [status, problem] = await told(await webhook(request));
    expect([status, problem["code"]]).toEqual([500, "misconfigured"]);
    expect(problem["detail"]).toMatch(/before anything calls json\(\)/);
    expect(errors).toHaveLength(1);
  });

  it("reports that it needs a Request when it gets another argument", async () => {
    const { webhook } = make();
    for (const wrong of [{ req: {} }, { headers: {}, on: () => {} }, undefined]) {
      await expect(webhook(wrong as never)).rejects.toThrow(/nodeHandler from @sessionhook\/handler\/node/);
    }
  });
});
