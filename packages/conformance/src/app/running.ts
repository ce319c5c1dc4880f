import { request } from "node:http";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AppCommand, AppProcess, adminToken, secret } from "./app-process.js";
import { RawExchange } from "../runtime/raw-exchange.js";
import { describeLogs } from "./logs.js";

const simulator = createSimulator({ seed: 7, now: Date.now() });
const problemType = "application/problem+json";

/** Tests the answers and the stored events of one running app through its HTTP interface. */
export function describeRunning(command: AppCommand): void {
  const app = new AppProcess(command, { LOG_LEVEL: "debug" });
  beforeAll(() => app.start());
  afterAll(() => app.cleanUp());

  /** Returns status, code and type of a rejection. */
  async function refusal(answer: Response): Promise<[number, unknown]> {
    expect(answer.headers.get("content-type")).toBe(problemType);
    const document = (await answer.json()) as { status: number; code: string };
    expect(document.status).toBe(answer.status);
    return [answer.status, document.code];
  }

  it("accepts a valid event, lists it and returns its exact bytes", async () => {
    const { id, type, body } = simulator.next();
    const answer = await app.send(id, body);
    expect([answer.status, await answer.json()]).toEqual([200, { status: "accepted", id }]);
    const { events } = (await app.json("/events?limit=1")) as { events: object[] };
    expect(events[0]).toMatchObject({ id, type, status: "accepted", duplicates: 0 });
    const stored = await app.json(`/events/${id}`);
    expect(stored).toMatchObject({
      id,
      status: "accepted",
      payload: JSON.parse(body),
      issues: [],
      deliveries: [],
    });
    expect(await (await app.api(`/events/${id}/raw`)).text()).toBe(body);
  });

  it("acknowledges a retry as a duplicate and other bytes as a conflict, and shows both", async () => {
    const { id, body } = simulator.next();
    const other = body.replace("{", "{ ");
    const statuses = [];
    for (const content of [body, body, other, other, body]) {
      statuses.push(((await (await app.send(id, content)).json()) as { status: string }).status);
    }
    expect(statuses).toEqual(["accepted", "duplicate", "conflict", "duplicate", "duplicate"]);
    const stored = await app.json(`/events/${id}`);
    expect(stored["versions"]).toMatchObject([
      { version: 1, status: "accepted", duplicates: 2 },
      { version: 2, status: "conflict", duplicates: 1 },
    ]);
    expect(await (await app.api(`/events/${id}/raw`)).text()).toBe(body);
    expect(await (await app.api(`/events/${id}/raw?version=2`)).text()).toBe(other);
    expect(await app.json("/stats")).toMatchObject({ conflicts: 1, duplicates: 3 });
  });

  it("stores and lists events that do not fit, that have an unknown type, and that are not JSON", async () => {
    const issue = simulator.next("identity.session.finalized", { variant: "invalid" });
    const unknown = simulator.next("identity.session.finalized", { variant: "unrecognized" });
    const bytes = new Uint8Array([0xff, 0x00, 0x7b]);
    const answers = [
      await app.send(issue.id, issue.body),
      await app.send(unknown.id, unknown.body),
      await app.send("evt_not_json", bytes),
      await app.send("evt_empty", ""),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const told = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { status: string }).status),
    );
    expect(told).toEqual(["quarantined", "unrecognized", "quarantined", "quarantined"]);
    const quarantined = (await app.json("/events?status=quarantined")) as { events: { id: string }[] };
    expect(quarantined.events.map(({ id }) => id)).toEqual(["evt_empty", "evt_not_json", issue.id]);
    const { issues, total, exact } = (await app.json(`/events/${issue.id}`)) as {
      issues: { path: string; message: string }[];
      total: number;
      exact: boolean;
    };
    expect({ total, exact }).toEqual({ total: issues.length, exact: true });
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues)
      expect(issue).toMatchObject({ path: expect.any(String), message: expect.stringMatching(/./) });
    const raw = await (await app.api("/events/evt_not_json/raw")).arrayBuffer();
    expect(new Uint8Array(raw)).toEqual(bytes);
    const recheck = await app.api(`/events/${issue.id}/recheck`, { method: "POST" });
    expect(await recheck.json()).toMatchObject({
      id: issue.id,
      status: "quarantined",
      issues,
      total,
      exact,
      deliveries: [],
    });
  });

  it("rejects invalid requests, each with its code", async () => {
    const { id, body } = simulator.next();
    const good = sign(body, { id, secret });
    const past = sign(body, { id, secret, timestamp: new Date(Date.now() - 360_000) });
    const future = sign(body, { id, secret, timestamp: new Date(Date.now() + 360_000) });
    const without = (name: keyof typeof good) =>
      Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
    const cases: [Promise<Response>, [number, string]][] = [
      [app.post(body, without("webhook-id")), [400, "missing_header"]],
      [app.post(body, without("webhook-timestamp")), [400, "missing_header"]],
      [app.post(body, without("webhook-signature")), [400, "missing_header"]],
      [app.post(body, { ...good, "webhook-timestamp": "soon" }), [400, "malformed_header"]],
      [app.post(body, { ...good, "webhook-id": "a.b" }), [400, "malformed_header"]],
      [app.post(body, { ...good, "webhook-id": "x".repeat(257) }), [400, "malformed_header"]],
      [app.post(`${body} `, good), [401, "signature_mismatch"]],
      [app.post(body, { ...good, "webhook-signature": "v1,AAAA" }), [401, "signature_mismatch"]],
      [app.post(body, past), [401, "timestamp_too_old"]],
      [app.post(body, future), [401, "timestamp_too_new"]],
      [app.post(body, { ...good, "content-encoding": "gzip" }), [415, "unsupported_content_encoding"]],
      [app.send(id, "x".repeat(5_000_000)), [413, "payload_too_large"]],
      [fetch(`${app.origin}/webhooks`), [405, "method_not_allowed"]],
      [fetch(`${app.origin}/webhooks`, { method: "PUT" }), [405, "method_not_allowed"]],
      [fetch(`${app.origin}/webhooks/`, { method: "POST" }), [400, "missing_header"]],
      [fetch(`${app.origin}/nowhere`), [404, "not_found"]],
      [app.api("/nowhere"), [404, "not_found"]],
      [app.api("/events/evt_none"), [404, "not_found"]],
      [app.api("/events?limit=0"), [400, "invalid_query"]],
      [app.api("/events?limit=501"), [400, "invalid_query"]],
      [app.api("/events?status=lost"), [400, "invalid_query"]],
      [app.api("/events?cursor=zzz"), [400, "invalid_query"]],
      [app.api("/events", { method: "DELETE" }), [405, "method_not_allowed"]],
      [fetch(`${app.origin}/api/events`), [401, "unauthorized"]],
      [
        fetch(`${app.origin}/api/stats`, { headers: { authorization: "Bearer wrong" } }),
        [401, "unauthorized"],
      ],
    ];
    for (const [answer, expected] of cases) expect(await refusal(await answer)).toEqual(expected);
    expect((await app.api(`/events/${id}`)).status).toBe(404);
  });

  it("cuts off a chunked body without length as soon as it grows past the limit", async () => {
    let sent = 0;
    const answer = await new Promise<{ status: number | undefined; sent: number }>((resolve, reject) => {
      const chunk = Buffer.alloc(64 * 1024, "x");
      const req = request(`${app.origin}/webhooks`, {
        method: "POST",
        headers: sign("x", { id: "evt_chunked", secret }),
      });
      req.on("response", (res) => {
        res.resume();
        resolve({ status: res.statusCode, sent });
        req.destroy();
      });
      req.on("error", (error) =>
        /^(?:ECONNRESET|EPIPE)$/.test((error as NodeJS.ErrnoException).code ?? "")
          ? undefined
          : reject(error),
      );
      const pump = () => {
        if (req.destroyed || sent > 50_000_000) return;
        sent += chunk.length;
        req.write(chunk, () => setImmediate(pump));
      };
      pump();
    });
    expect(answer.status).toBe(413);
    expect(answer.sent).toBeLessThan(20_000_000);
  });

  it("accepts a chunked body within the limit", async () => {
    const { id, body } = simulator.next();
    const stream = new Blob([body]).stream();
    const init = { method: "POST", body: stream, headers: { ...sign(body, { id, secret }) }, duplex: "half" };
    const answer = await fetch(`${app.origin}/webhooks`, init as RequestInit);
    expect(await answer.json()).toEqual({ status: "accepted", id });
  });

  it("answers 413 to a declared length without waiting for the body", async () => {
    const exchange = await RawExchange.open({ host: "127.0.0.1", port: Number(new URL(app.origin).port) });
    exchange.write("POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\nstart");
    const text = await exchange.until(/payload_too_large/);
    exchange.destroy();
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain("payload_too_large");
  });

  it("reports that it is alive and ready, and counts", async () => {
    expect(await (await fetch(`${app.origin}/healthz`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${app.origin}/readyz`)).json()).toEqual({ status: "ready" });
    const metrics = await (await fetch(`${app.origin}/metrics`)).text();
    expect(metrics).toMatch(/^sessionhook_messages_total\{status="accepted"\} [1-9]/m);
    expect(metrics).toMatch(/^sessionhook_rejections_total\{code="signature_mismatch"\} [1-9]/m);
    expect(metrics).toMatch(/^sessionhook_events\{status="quarantined"\} 3$/m);
    expect((await fetch(`${app.origin}/healthz`, { method: "HEAD" })).status).toBe(200);
  });

  it("serves the inbox behind a sign-in", async () => {
    const page = await fetch(`${app.origin}/`, { redirect: "manual" });
    expect([page.status, page.headers.get("location")]).toEqual([303, "/login"]);
    const form = { method: "POST", body: new URLSearchParams({ token: adminToken }) };
    const signIn = await fetch(`${app.origin}/login`, { ...form, redirect: "manual" });
    expect(signIn.status).toBe(303);
    const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const inbox = await fetch(`${app.origin}/events`, { headers: { cookie } });
    expect(inbox.status).toBe(200);
    expect(await inbox.text()).toContain("identity.session.finalized");
  });

  // Last, because it checks the complete log.
  describeLogs(app);
}
