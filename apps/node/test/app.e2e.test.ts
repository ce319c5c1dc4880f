import { readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AppProcess, adminToken, secret } from "./app-process.js";

const simulator = createSimulator({ seed: 7, now: Date.now() });
const problemType = "application/problem+json";

describe("the running app", () => {
  const app = new AppProcess();
  beforeAll(() => app.start());
  afterAll(() => app.cleanUp());

  /** Status, code and type of a refusal. */
  async function refusal(answer: Response): Promise<[number, unknown]> {
    expect(answer.headers.get("content-type")).toBe(problemType);
    const document = (await answer.json()) as { status: number; code: string };
    expect(document.status).toBe(answer.status);
    return [answer.status, document.code];
  }

  it("takes a good event, lists it and gives back its exact bytes", async () => {
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

  it("keeps and lists what does not fit, what is unknown and what is no JSON", async () => {
    const misfit = simulator.next("identity.session.finalized", { variant: "invalid" });
    const unknown = simulator.next("identity.session.finalized", { variant: "unrecognized" });
    const bytes = new Uint8Array([0xff, 0x00, 0x7b]);
    const answers = [
      await app.send(misfit.id, misfit.body),
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
    expect(quarantined.events.map(({ id }) => id)).toEqual(["evt_empty", "evt_not_json", misfit.id]);
    const { issues } = (await app.json(`/events/${misfit.id}`)) as {
      issues: { path: string; message: string }[];
    };
    expect(issues.length).toBeGreaterThan(0);
    expect(issues[0]?.path).toMatch(/^\w+/);
    const raw = await (await app.api("/events/evt_not_json/raw")).arrayBuffer();
    expect(new Uint8Array(raw)).toEqual(bytes);
    const replay = await app.api(`/events/${misfit.id}/replay`, { method: "POST" });
    expect(await replay.json()).toMatchObject({ id: misfit.id, status: "quarantined", deliveries: [] });
  });

  it("refuses, each with its code", async () => {
    const { id, body } = simulator.next();
    const good = sign(body, { id, secret });
    const past = sign(body, { id, secret, timestamp: new Date(Date.now() - 301_000) });
    const future = sign(body, { id, secret, timestamp: new Date(Date.now() + 302_000) });
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
      [fetch(`${app.origin}/webhooks/`, { method: "POST" }), [404, "not_found"]],
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
        (error as NodeJS.ErrnoException).code === "ECONNRESET" ? undefined : reject(error),
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

  it("takes a chunked body within the limit", async () => {
    const { id, body } = simulator.next();
    const stream = new Blob([body]).stream();
    const init = { method: "POST", body: stream, headers: { ...sign(body, { id, secret }) }, duplex: "half" };
    const answer = await fetch(`${app.origin}/webhooks`, init as RequestInit);
    expect(await answer.json()).toEqual({ status: "accepted", id });
  });

  it("answers 413 to a declared length without waiting for the body", async () => {
    const socket = connect(Number(new URL(app.origin).port), "127.0.0.1");
    socket.write("POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\nstart");
    const text = await new Promise<string>((resolve) =>
      socket.once("data", (data) => resolve(data.toString())),
    );
    socket.destroy();
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain("payload_too_large");
  });

  it("says that it is alive and ready, and counts", async () => {
    expect(await (await fetch(`${app.origin}/healthz`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${app.origin}/readyz`)).json()).toEqual({ status: "ready" });
    const metrics = await (await fetch(`${app.origin}/metrics`)).text();
    expect(metrics).toMatch(/^sessionhook_deliveries_total\{status="accepted"\} [1-9]/m);
    expect(metrics).toMatch(/^sessionhook_rejections_total\{code="signature_mismatch"\} [1-9]/m);
    expect(metrics).toMatch(/^sessionhook_stored_events\{status="quarantined"\} 3$/m);
    expect((await fetch(`${app.origin}/healthz`, { method: "HEAD" })).status).toBe(200);
  });

  it("serves the inbox behind a sign-in", async () => {
    const page = await fetch(`${app.origin}/`, { redirect: "manual" });
    expect([page.status, page.headers.get("location")]).toEqual([303, "/login"]);
    const [link = ""] = /http:\S+\/login\/once\?code=\S+/.exec(app.output) ?? [];
    const first = await fetch(link, { redirect: "manual" });
    expect(first.status).toBe(303);
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    const inbox = await fetch(`${app.origin}/`, { headers: { cookie } });
    expect(inbox.status).toBe(200);
    expect(await inbox.text()).toContain("identity.session.finalized");
    expect((await fetch(link, { redirect: "manual" })).status).toBe(401);
  });

  it("logs no personal data and no secret", () => {
    expect(app.output).toContain("signature_mismatch");
    for (const text of [secret.slice(6), adminToken, "linkedin.com"]) expect(app.output).not.toContain(text);
    expect(app.output).not.toMatch(/[\w.]@\w/);
  });
});

describe("starting and stopping", () => {
  const apps: AppProcess[] = [];
  const make = (...args: ConstructorParameters<typeof AppProcess>) => {
    const app = new AppProcess(...args);
    apps.push(app);
    return app;
  };
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.cleanUp())));

  it("keeps everything over a restart, and remembers what it has seen", async () => {
    const app = await make().start();
    const { id, body } = simulator.next();
    await app.send(id, body);
    expect(await app.end("SIGTERM")).toBe(0);
    await app.start();
    expect(await (await app.send(id, body)).json()).toEqual({ status: "duplicate", id });
  });

  it.each(["SIGTERM", "SIGINT"] as const)("finishes what it has taken on %s", async (signal) => {
    const app = await make().start();
    const sent = Array.from({ length: 100 }, () => simulator.next());
    const answers = Promise.allSettled(sent.map(({ id, body }) => app.send(id, body)));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await app.end(signal)).toBe(0);
    const acknowledged = (await answers).flatMap((answer, i) =>
      answer.status === "fulfilled" && answer.value.ok ? [(sent[i] as { id: string }).id] : [],
    );
    await app.start();
    for (const id of acknowledged) expect((await app.api(`/events/${id}`)).status).toBe(200);
    expect(acknowledged.length).toBeGreaterThan(0);
  });

  it("makes its own secret and token on a first start and keeps them for the owner alone", async () => {
    const app = make();
    delete app.env["SESSIONHOOK_SECRETS"];
    delete app.env["SESSIONHOOK_ADMIN_TOKEN"];
    await app.start();
    const file = join(app.folder, "data", "credentials.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const made = JSON.parse(readFileSync(file, "utf8")) as { signingSecret: string; adminToken: string };
    const { id, body } = simulator.next();
    const answer = await app.post(body, { ...sign(body, { id, secret: made.signingSecret }) });
    expect(answer.status).toBe(200);
    const authorization = `Bearer ${made.adminToken}`;
    expect((await fetch(`${app.origin}/api/stats`, { headers: { authorization } })).status).toBe(200);
    expect(app.output).toContain("npm run sessionhook -- send");
    expect(app.output).not.toContain(made.signingSecret);
    expect(app.output).not.toContain(made.adminToken);
    await app.end("SIGTERM");
    await app.start();
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(made);
  });

  it("takes events of every configured secret", async () => {
    const second = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    const app = await make({ SESSIONHOOK_SECRETS: `${secret}, ${second}` }).start();
    const { id, body } = simulator.next();
    expect((await app.post(body, { ...sign(body, { id, secret: second }) })).status).toBe(200);
  });

  it("refuses instead of keeping where it is told to", async () => {
    const app = await make({ SESSIONHOOK_ON_INVALID: "reject" }).start();
    const misfit = simulator.next("identity.session.finalized", { variant: "invalid" });
    const answer = await app.send(misfit.id, misfit.body);
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { code: "invalid_payload", issues: [{}] },
    ]);
    expect(await app.json("/stats")).toMatchObject({ quarantined: 0 });
  });

  it.each([
    [{ SESSIONHOOK_SECRETS: "" }, "SESSIONHOOK_SECRETS"],
    [{ SESSIONHOOK_SECRETS: "whsec_c2hvcnQ=" }, "too short"],
    [{ SESSIONHOOK_SECRET: secret }, "did you mean SESSIONHOOK_SECRETS"],
    [{ PORT: "http" }, "PORT"],
    [{ PORT: "65536" }, "PORT"],
    [{ SESSIONHOOK_TOLERANCE_SECONDS: "86401" }, "SESSIONHOOK_TOLERANCE_SECONDS"],
    [{ SESSIONHOOK_ON_INVALID: "ignore" }, "SESSIONHOOK_ON_INVALID"],
    [{ SESSIONHOOK_ADMIN_TOKEN: "undefined" }, "SESSIONHOOK_ADMIN_TOKEN"],
    [{ SESSIONHOOK_STORE: "redis://127.0.0.1" }, "SESSIONHOOK_STORE"],
    [{ SESSIONHOOK_CONFIG: "missing.json" }, "SESSIONHOOK_CONFIG"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL"],
  ])("stops with a message that names a bad setting: %j", async (env, expected) => {
    const app = make(env as Record<string, string>);
    const error = await app.start().then(
      () => "started",
      (reason: Error) => reason.message,
    );
    expect(error).toMatch(/^exit 1: /);
    expect(error).toContain(expected);
    expect(error).not.toContain(secret.slice(6));
  });

  it("stops on a configuration file it cannot honour, on a port in use, on a file that is not its own", async () => {
    const odd = make();
    writeFileSync(join(odd.folder, "sessionhook.config.json"), '{"destinatoins": []}');
    await expect(odd.start()).rejects.toThrow("destinatoins");
    const first = await make().start();
    await expect(make({ PORT: new URL(first.origin).port }).start()).rejects.toThrow(
      "another program listens there",
    );
    const foreign = make({ SESSIONHOOK_STORE: "sqlite:./notes.txt" });
    const notes = "These are my notes. ".repeat(100);
    writeFileSync(join(foreign.folder, "notes.txt"), notes);
    await expect(foreign.start()).rejects.toThrow("store_foreign");
    expect(readFileSync(join(foreign.folder, "notes.txt"), "utf8")).toBe(notes);
  });

  it("asks for the token on /metrics when others can reach it", async () => {
    const app = await make({ HOST: "0.0.0.0" }).start();
    expect((await fetch(`${app.origin}/metrics`)).status).toBe(401);
    const authorization = `Bearer ${adminToken}`;
    expect((await fetch(`${app.origin}/metrics`, { headers: { authorization } })).status).toBe(200);
  });
});
