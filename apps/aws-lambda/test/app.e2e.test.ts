import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import {
  albEvent,
  functionUrlEvent,
  LambdaFunction,
  lambdaFetch,
} from "@sessionhook/conformance/lambda-fetch";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { adminToken, bundle, LambdaFixture, secret } from "./lambda-fixture.js";

const simulator = createSimulator({ seed: 23, now: Date.now() });
const authorization = { authorization: `Bearer ${adminToken}` };
type Ask = ReturnType<typeof lambdaFetch>;

const send = (ask: Ask, id: string, body: string) =>
  ask("/webhooks", { method: "POST", body, headers: { ...sign(body, { id, secret }) } });

describe("eight Lambda environments with one table", () => {
  const fixture = new LambdaFixture();
  const ask = lambdaFetch(fixture.api, functionUrlEvent);
  beforeAll(() => fixture.start({ LOG_LEVEL: "debug" }, { environments: 8 }));
  afterAll(() => fixture.stop());

  it("store every event once, independent of how often and where it arrives", async () => {
    const events = Array.from({ length: 60 }, () => simulator.next());
    const answers = await Promise.all(
      [...events, ...events, ...events].map(({ id, body }) => send(ask, id, body)),
    );
    const told = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { status: string }).status),
    );
    expect(told.filter((status) => status === "accepted")).toHaveLength(60);
    expect(told.filter((status) => status === "duplicate")).toHaveLength(120);
    const list = await ask("/api/events?limit=500", { headers: authorization });
    const ids = ((await list.json()) as { events: { id: string }[] }).events.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(events.map(({ id }) => id).toSorted());
    const stats = await ask("/api/stats", { headers: authorization });
    expect(await stats.json()).toMatchObject({ accepted: 60, duplicates: 120, conflicts: 0 });
  });

  it("accept each other's session cookies", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const signedIn = await ask("/login", { method: "POST", body: `token=${adminToken}`, headers });
    const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const pages = await Promise.all(
      Array.from({ length: 24 }, () => ask("/events", { headers: { cookie } })),
    );
    expect(pages.map(({ status }) => status)).toEqual(Array.from({ length: 24 }, () => 200));
  });

  it("log JSON lines without secrets or personal data", () => {
    expect(fixture.output).toContain('"message":"message acknowledged"');
    for (const line of fixture.output.trim().split("\n")) expect(() => void JSON.parse(line)).not.toThrow();
    for (const text of [secret.slice(6), adminToken, "linkedin.com"])
      expect(fixture.output).not.toContain(text);
    expect(fixture.output).not.toMatch(/[\w.]@\w+\.\w/);
  });
});

describe("failures", () => {
  const fixtures: { stop(): Promise<void> }[] = [];
  afterEach(async () => void (await Promise.all(fixtures.splice(0).map((fixture) => fixture.stop()))));

  it.each([
    [{ SESSIONHOOK_SECRETS: undefined }, "SESSIONHOOK_SECRETS: must be set"],
    [{ SESSIONHOOK_ADMIN_TOKEN: undefined }, "SESSIONHOOK_ADMIN_TOKEN: must be set"],
    [{ SESSIONHOOK_STORE: undefined }, "SESSIONHOOK_STORE: must be dynamodb:<table>"],
    [{ SESSIONHOOK_STORE: "memory:" }, "SESSIONHOOK_STORE: must be dynamodb:<table>"],
    [{ SESSIONHOOK_STORE: "dynamodb:x y" }, "SESSIONHOOK_STORE: must name a table"],
    [{ SESSIONHOOK_STORE: "dynamodb:events?retentionDays=0" }, "retentionDays"],
    [{ SESSIONHOOK_SECRET: secret }, "did you mean SESSIONHOOK_SECRETS"],
    [{ SESSIONHOOK_CONFIG: "/nothing.json" }, "SESSIONHOOK_CONFIG"],
  ])("an invalid setting fails the start and is named: %j, %s", async (env, expected) => {
    const fixture = new LambdaFixture();
    fixtures.push(fixture);
    const error = await fixture.start(env as Record<string, string | undefined>).catch(String);
    expect(error).toContain(expected);
    expect(error).not.toContain(secret.slice(6));
  });

  it("a missing table is answered with 503 and Retry-After", async () => {
    const fixture = new LambdaFixture();
    fixtures.push(fixture);
    await fixture.start({ SESSIONHOOK_STORE: "dynamodb:another" });
    const { id, body } = simulator.next();
    const answer = await send(lambdaFetch(fixture.api, albEvent), id, body);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect((await lambdaFetch(fixture.api, albEvent)("/readyz")).status).toBe(503);
  });

  it("a DynamoDB that never responds is answered with 503 before Lambda's timeout", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const stuck = new LambdaFunction();
    fixtures.push(stuck, { stop: async () => void silent.close() });
    await stuck.start(bundle, {
      SESSIONHOOK_SECRETS: secret,
      SESSIONHOOK_ADMIN_TOKEN: adminToken,
      SESSIONHOOK_STORE: "dynamodb:events",
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    });
    const { id, body } = simulator.next();
    const started = performance.now();
    expect((await send(lambdaFetch(stuck.api, functionUrlEvent), id, body)).status).toBe(503);
    expect(performance.now() - started).toBeLessThan(14_000);
  });
});
