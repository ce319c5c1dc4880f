import { generateSecret, sign } from "@sessionhook/core";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { describe, expect, it, vi } from "vitest";
import { message, now, requestOf, told } from "@sessionhook/conformance/signed-message";
import { type EventContext, type InvalidEvent } from "../src/create-webhook-handler.js";
import { makeHandler } from "./make-handler.js";

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
      const { webhook, errors } = makeHandler({ maxBodyBytes: 100_000 });
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
    const { webhook } = makeHandler();
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
    const { webhook } = makeHandler({ maxBodyBytes: 50_000 });
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
  const { webhook } = makeHandler({ now: () => time });
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
    const { webhook } = makeHandler({ onInvalid });
    webhook.on("*", handler);
    expect(await told(await webhook(requestOf(one)))).toEqual([200, { status: "quarantined", id: one.id }]);
    const [invalid, context] = onInvalid.mock.calls[0] ?? [];
    expect(invalid?.issues.length).toBeGreaterThan(0);
    expect(invalid).toMatchObject({ total: invalid?.issues.length, exact: true });
    expect(context?.id).toBe(one.id);
    expect(handler).not.toHaveBeenCalled();
  });

  it("are not acknowledged when onInvalid throws", async () => {
    const { webhook, errors } = makeHandler({ onInvalid: () => Promise.reject(new Error("full")) });
    const answer = await webhook(requestOf(message(undefined, { variant: "invalid" })));
    expect((await told(answer))[1]["code"]).toBe("handler_failed");
    expect(errors).toHaveLength(1);
  });
});
