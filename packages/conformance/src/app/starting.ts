import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterEach, expect, it } from "vitest";
import { RawExchange, requestText } from "../runtime/raw-exchange.js";
import { type AppCommand, AppProcess, adminToken, secret } from "./app-process.js";

const simulator = createSimulator({ seed: 8, now: Date.now() });

/** Starts, stops, restarts, and refusals to start. */
export function describeStarting(command: AppCommand): void {
  const apps: AppProcess[] = [];
  const make = (env: Record<string, string> = {}) => {
    const app = new AppProcess(command, env);
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
    const sending = sent.map(({ id, body }) => app.send(id, body));
    const answers = Promise.allSettled(sending);
    await Promise.any(sending);
    expect(await app.end(signal)).toBe(0);
    const acknowledged = (await answers).flatMap((answer, i) =>
      answer.status === "fulfilled" && answer.value.ok ? [(sent[i] as { id: string }).id] : [],
    );
    await app.start();
    for (const id of acknowledged) expect((await app.api(`/events/${id}`)).status).toBe(200);
    expect(acknowledged.length).toBeGreaterThan(0);
  });

  it("answers what is under way when it is told to stop, takes nothing new, and waits for no idle connection", async () => {
    const app = await make().start();
    const { id, body } = simulator.next();
    const { hostname: host, port } = new URL(app.origin);
    const idle = await RawExchange.open({ host, port: Number(port) });
    idle.write(requestText("GET", "/healthz", []));
    await idle.until(/ok/);
    const slow = await RawExchange.open({ host, port: Number(port) });
    const headers = Object.entries(sign(body, { id, secret }));
    const length = String(Buffer.byteLength(body));
    slow.write(requestText("POST", "/webhooks", [...headers, ["content-length", length]], body.slice(0, 10)));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const started = Date.now();
    const ended = app.end("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 500));
    const late = await fetch(`${app.origin}/healthz`).then(
      ({ status }) => status,
      () => "no connection",
    );
    expect(["no connection", 503]).toContain(late);
    slow.write(body.slice(10));
    expect(await slow.until(/accepted/)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ended).toBe(0);
    // It would wait for idle connections as long as it waits for deliveries: ten seconds.
    expect(Date.now() - started).toBeLessThan(9000);
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
    const problem = (await answer.json()) as { code: string; issues: object[] };
    expect([answer.status, problem.code]).toEqual([422, "invalid_payload"]);
    expect(problem.issues.length).toBeGreaterThan(0);
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
}
