import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it } from "vitest";
import { requestText } from "../runtime/raw-exchange.js";
import { type AppCommand, adminToken, secret } from "./app-process.js";
import { HalfSent, untilRead } from "./half-sent.js";
import { useApps } from "./use-apps.js";
import { withoutCredentials } from "./without-credentials.js";

const simulator = createSimulator({ seed: 8, now: Date.now() });

/** Tests starts, failed starts, stops and restarts. */
export function describeStarting(command: AppCommand): void {
  const make = useApps(command);

  it("has every event after a restart, and detects duplicates of them", async () => {
    const app = await make().start();
    expect(app.output).toContain(
      "These commands need the same SESSIONHOOK_SECRETS and SESSIONHOOK_ADMIN_TOKEN in their environment.",
    );
    const { id, body } = simulator.next();
    await app.send(id, body);
    expect(await app.end("SIGTERM")).toBe(0);
    await app.start();
    expect(await (await app.send(id, body)).json()).toEqual({ status: "duplicate", id });
  });

  it.each(["SIGTERM", "SIGINT"] as const)("answers and keeps all that is under way on %s", async (signal) => {
    const app = await make().start();
    const begun = Array.from({ length: 40 }, () => HalfSent.begin(app, simulator.next()));
    const requests = await Promise.all(begun);
    await untilRead(app, requests);
    // Half of them are complete when the signal arrives and may wait for the store; the rest arrives afterwards.
    for (const request of requests.slice(0, 20)) request.finish();
    const ended = app.end(signal);
    await expect.poll(() => app.output, { timeout: 30_000 }).toContain('"message":"stopping"');
    for (const request of requests.slice(20)) request.finish();
    for (const request of requests)
      expect(await request.answer()).toMatch(/^HTTP\/1\.1 200 [^]*"status":"accepted"/);
    expect(await ended).toBe(0);
    await app.start();
    for (const { id } of requests) expect((await app.api(`/events/${id}`)).status).toBe(200);
  });

  it("accepts no new message while it answers the running ones, and does not wait for idle connections", async () => {
    const app = await make().start();
    const idle = await app.connect();
    idle.write(requestText("GET", "/healthz", []));
    await idle.until(/ok/);
    const slow = await HalfSent.begin(app, simulator.next());
    await untilRead(app, [slow]);
    const started = Date.now();
    const ended = app.end("SIGTERM");
    const newcomer = () =>
      fetch(`${app.origin}/healthz`, { headers: { connection: "close" } }).then(
        ({ status }) => status,
        () => "no connection",
      );
    // Well before the ten seconds after which the app ends in any case.
    await expect.poll(newcomer, { timeout: 5000 }).toBeOneOf(["no connection", 503]);
    slow.finish();
    expect(await slow.answer()).toMatch(/^HTTP\/1\.1 200 [^]*"status":"accepted"/);
    expect(await ended).toBe(0);
    // If it waited for idle connections, it would take ten seconds.
    expect(Date.now() - started).toBeLessThan(9000);
  });

  it("creates a secret and a token on a first start, readable by the owner only", async () => {
    const app = withoutCredentials(make());
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
    expect(app.output).toContain("For real events, start with the provider's secret in SESSIONHOOK_SECRETS");
    expect(app.output).not.toContain("in their environment");
    expect(app.output).not.toContain(made.signingSecret);
    expect(app.output).not.toContain(made.adminToken);
    await app.end("SIGTERM");
    await app.start();
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(made);
  });

  it("uses one secret where apps start at once beside an empty file that an older version left", async () => {
    const first = withoutCredentials(make());
    const file = join(first.folder, "data", "credentials.json");
    mkdirSync(join(first.folder, "data"));
    writeFileSync(file, "");
    const store = `sqlite:${join(first.folder, "data", "sessionhook.db")}`;
    const others = [1, 2].map(() => withoutCredentials(make({ SESSIONHOOK_STORE: store })));
    const apps = [first, ...others];
    await Promise.all(apps.map((app) => app.start()));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { signingSecret: secret } = JSON.parse(readFileSync(file, "utf8")) as { signingSecret: string };
    for (const app of apps) {
      const { id, body } = simulator.next();
      expect((await app.post(body, { ...sign(body, { id, secret }) })).status).toBe(200);
    }
  });

  it.each([
    [
      "half written",
      (file: string) => writeFileSync(file, '{"signingSecret":"whsec_half'),
      "fix it. If you remove it",
    ],
    ["a folder", (file: string) => mkdirSync(file), "cannot be read"],
    ["a link to nothing", (file: string) => symlinkSync("nowhere", file), "cannot be read"],
  ])("stops with a message that names credentials which are %s", async (_, spoil, message) => {
    const app = withoutCredentials(make());
    const file = join(app.folder, "data", "credentials.json");
    mkdirSync(join(app.folder, "data"));
    spoil(file);
    const error = await app.start().then(
      () => "started",
      (reason: Error) => reason.message,
    );
    expect(error).toMatch(/^exit 1: [^]*credentials\.json/);
    expect(error).toContain(message);
    expect(error).not.toMatch(/whsec_|\n\s+at /);
    expect(readdirSync(join(app.folder, "data"))).toEqual(["credentials.json"]);
  });

  it("starts with the variables that Kubernetes sets for services of its name", async () => {
    const app = make({
      SESSIONHOOK_SERVICE_HOST: "10.0.0.1",
      SESSIONHOOK_SERVICE_PORT: "8787",
      SESSIONHOOK_PORT: "tcp://10.0.0.1:8787",
      SESSIONHOOK_PORT_8787_TCP: "tcp://10.0.0.1:8787",
      SESSIONHOOK_PORT_8787_TCP_ADDR: "10.0.0.1",
      SESSIONHOOK_STORE_SERVICE_HOST: "10.0.0.2",
      SESSIONHOOK_STORE_PORT: "tcp://10.0.0.2:5432",
    });
    await app.start();
    expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
  });

  it("accepts events of every configured secret", async () => {
    const second = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    const app = await make({ SESSIONHOOK_SECRETS: `${secret}, ${second}` }).start();
    const { id, body } = simulator.next();
    expect((await app.post(body, { ...sign(body, { id, secret: second }) })).status).toBe(200);
  });

  it("rejects an event that does not fit, if configured to", async () => {
    const app = await make({ SESSIONHOOK_ON_INVALID: "reject" }).start();
    const issue = simulator.next("identity.session.finalized", { variant: "invalid" });
    const answer = await app.send(issue.id, issue.body);
    const problem = (await answer.json()) as {
      code: string;
      issues: object[];
      total: number;
      exact: boolean;
    };
    expect([answer.status, problem.code]).toEqual([422, "invalid_payload"]);
    expect(problem.issues.length).toBeGreaterThan(0);
    expect(problem).toMatchObject({ total: problem.issues.length, exact: true });
    expect(await app.json("/stats")).toMatchObject({ quarantined: 0 });
  });

  it.each([
    [{ SESSIONHOOK_SECRETS: "" }, "SESSIONHOOK_SECRETS"],
    [{ SESSIONHOOK_SECRETS: "whsec_c2hvcnQ=" }, "too short"],
    [{ SESSIONHOOK_SECRETS: `${secret},whpk_${"A".repeat(43)}=` }, "small or mixed order"],
    [{ SESSIONHOOK_SECRET: secret }, "did you mean SESSIONHOOK_SECRETS"],
    [{ SESSIONHOOK_SECRETS: `"${secret}"` }, "begins with a quote"],
    [{ SESSIONHOOK_SECRETS: `${secret}\\n` }, "ends with a literal \\n"],
    [{ SESSIONHOOK_SECRETS: `v1,${secret}` }, "begins with v1"],
    [{ SESSIONHOOK_ADMIN_TOKEN: `"${adminToken}"` }, "begins with a quote"],
    [{ SESSIONHOOK_PORT: "8787" }, "did you mean PORT"],
    [{ SESSIONHOOK_KEEP_ALIVE_SECONDS: "0" }, "SESSIONHOOK_KEEP_ALIVE_SECONDS"],
    [{ PORT: "http" }, "PORT"],
    [{ PORT: "65536" }, "PORT"],
    [{ SESSIONHOOK_TOLERANCE_SECONDS: "86401" }, "SESSIONHOOK_TOLERANCE_SECONDS"],
    [{ SESSIONHOOK_ON_INVALID: "ignore" }, "SESSIONHOOK_ON_INVALID"],
    [{ SESSIONHOOK_ADMIN_TOKEN: "undefined" }, "SESSIONHOOK_ADMIN_TOKEN"],
    [{ SESSIONHOOK_STORE: "redis://127.0.0.1" }, "SESSIONHOOK_STORE"],
    [{ SESSIONHOOK_CONFIG: "missing.json" }, "SESSIONHOOK_CONFIG"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL"],
    [{ SESSIONHOOK_BASE_PATH: "hooks" }, "SESSIONHOOK_BASE_PATH: must be / or a path"],
  ])("stops with a message that names a bad setting: %j", async (env, expected) => {
    const app = make(env as Record<string, string>);
    const error = await app.start().then(
      () => "started",
      (reason: Error) => reason.message,
    );
    expect(error).toMatch(/^exit 1: /);
    expect(error).toContain(expected);
    expect(error).not.toContain(secret.slice(6));
    expect(error).not.toContain(adminToken);
  });

  it("does not start with an unsupported configuration file, a port in use, or a file of another program", async () => {
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

  it("requires the token on /metrics if other machines can reach it", async () => {
    const app = await make({ HOST: "0.0.0.0" }).start();
    expect(app.output).not.toContain("could be guessed");
    expect((await fetch(`${app.origin}/metrics`)).status).toBe(401);
    const authorization = `Bearer ${adminToken}`;
    expect((await fetch(`${app.origin}/metrics`, { headers: { authorization } })).status).toBe(200);
  });

  it("warns of a short admin token if other machines can reach it", async () => {
    const short = { SESSIONHOOK_ADMIN_TOKEN: "changeme" };
    const warning = "Warning      SESSIONHOOK_ADMIN_TOKEN has fewer than 16 characters";
    expect((await make({ ...short, HOST: "0.0.0.0" }).start()).output).toContain(warning);
    expect((await make(short).start()).output).not.toContain("could be guessed");
  });
}
