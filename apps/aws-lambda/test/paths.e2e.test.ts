import {
  albEvent,
  type EventShape,
  functionUrlEvent,
  httpApiDomainEvent,
  httpApiStageEvent,
  lambdaFetch,
  restApiDomainEvent,
  restApiEvent,
} from "@sessionhook/conformance/lambda-fetch";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminToken, LambdaFixture, secret } from "./lambda-fixture.js";

const simulator = createSimulator({ seed: 29, now: Date.now() });

/** Sends a message, signs in and opens the event, as a browser that finds the app below `prefix`; returns its links. */
async function goThrough(
  fixture: LambdaFixture,
  shape: EventShape,
  path: string,
  prefix: string,
): Promise<string[]> {
  const ask = lambdaFetch(fixture.api, shape);
  const { id, body } = simulator.next();
  const message = { method: "POST", body, headers: { ...sign(body, { id, secret }) } };
  expect(await (await ask(`${path}/webhooks`, message)).json()).toEqual({ status: "accepted", id });
  expect((await ask(`${path}/`)).headers.get("location")).toBe(`${prefix}/login`);
  const signIn = await ask(`${path}/login`, {
    method: "POST",
    body: `token=${adminToken}&next=/events/${id}`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(signIn.headers.get("location")).toBe(`${prefix}/events/${id}`);
  const cookie = signIn.headers.get("set-cookie") ?? "";
  expect(cookie).toContain(`Path=${prefix === "" ? "/" : prefix};`);
  const headers = { cookie: cookie.split(";")[0] as string };
  const page = await (await ask(`${path}/events/${id}`, { headers })).text();
  expect(page).toContain(id);
  return [...page.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, link = ""]) => link);
}

describe("without a base path", () => {
  const fixture = new LambdaFixture();
  beforeAll(() => fixture.start());
  afterAll(() => fixture.stop());

  it.each<[string, EventShape, string, string]>([
    ["a function URL", functionUrlEvent, "", ""],
    ["a load balancer", albEvent, "", ""],
    ["an HTTP API with a stage", httpApiStageEvent, "", "/live"],
    ["a REST API, whose stage is in the URL alone", restApiEvent, "", "/live"],
    ["an HTTP API behind a domain, its stage named as a route", httpApiDomainEvent("events"), "", ""],
    ["a REST API behind a domain, its stage named as a route", restApiDomainEvent("events"), "", ""],
    ["a REST API behind a domain, mapped without a stage", restApiDomainEvent("live"), "/live", "/live"],
  ])("%s: messages arrive, and links lead back", async (_, shape, path, prefix) => {
    const links = await goThrough(fixture, shape, path, prefix);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links)
      expect(link).toMatch(
        new RegExp(
          `^${prefix}/(?:assets/|events(?:/|$)|deliveries$|destinations$|quarantine$|privacy$|status$|help$|logout$|$)`,
        ),
      );
  });

  it.each([
    ["SQS", { Records: [{ eventSource: "aws:sqs", body: "{}", messageId: "1" }] }],
    ["a schedule", { source: "aws.events", "detail-type": "Scheduled Event", detail: {} }],
    ["S3", { Records: [{ eventSource: "aws:s3", s3: {} }] }],
    ["a WebSocket API", { requestContext: { eventType: "CONNECT", routeKey: "$connect", stage: "live" } }],
    ["the test button of the console", { key1: "value1" }],
    ["nothing", {}],
    ["null", null],
    ["a text", "GET /healthz"],
    ["a list", [{ httpMethod: "GET" }]],
  ])("invoked by %s it fails, instead of answering what counts as success", async (_, event) => {
    await expect(fixture.api.invoke(event)).rejects.toThrow("invoked with something else");
    expect((await lambdaFetch(fixture.api, functionUrlEvent)("/healthz")).status).toBe(200);
  });
});

describe("below /identity", () => {
  const fixture = new LambdaFixture();
  beforeAll(() => fixture.start({ SESSIONHOOK_BASE_PATH: "/identity" }));
  afterAll(() => fixture.stop());

  it.each<[string, EventShape, string, string]>([
    ["an HTTP API, mapped to the path", httpApiDomainEvent("live"), "/identity", "/identity"],
    ["a REST API, mapped to the path", restApiDomainEvent("live"), "/identity", "/identity"],
    ["a REST API, mapped without a stage", restApiDomainEvent("live"), "/identity/live", "/identity/live"],
    ["a proxy that removes the path", functionUrlEvent, "", "/identity"],
    ["the same API by its own address", httpApiStageEvent, "", "/live"],
    ["a load balancer", albEvent, "/identity", "/identity"],
  ])("%s: messages arrive, and links lead back", async (_, shape, path, prefix) => {
    const links = await goThrough(fixture, shape, path, prefix);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links)
      expect(link).toMatch(
        new RegExp(
          `^${prefix}/(?:assets/|events(?:/|$)|deliveries$|destinations$|quarantine$|privacy$|status$|help$|logout$|$)`,
        ),
      );
  });
});
