import {
  albEvent,
  albMultiValueEvent,
  type EventShape,
  functionUrlEvent,
  httpApiEvent,
  httpApiStageEvent,
  lambdaFetch,
  restApiEvent,
  restApiTextEvent,
} from "@sessionhook/conformance/lambda-fetch";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminToken, LambdaFixture, secret } from "./lambda-fixture.js";

const simulator = createSimulator({ seed: 17, now: Date.now() });
const fixture = new LambdaFixture();
beforeAll(() => fixture.start());
afterAll(() => fixture.stop());

/** Bytes that change when they are read as text: a byte order mark, all kinds of line ends, and no valid UTF-8. */
const binary = Uint8Array.from([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00, 0x0d, 0x0a, 0x0d, 0x80, 0xc3]);

const shapes: readonly (readonly [string, EventShape])[] = [
  ["function URL (2.0)", functionUrlEvent],
  ["HTTP API (2.0)", httpApiEvent],
  ["HTTP API with a stage (2.0)", httpApiStageEvent],
  ["REST API, all types binary (1.0)", restApiEvent],
  ["REST API, no binary types (1.0)", restApiTextEvent],
  ["load balancer", albEvent],
  ["load balancer with multi-value headers", albMultiValueEvent],
];

describe.each(shapes)("%s", (_name, shape) => {
  const ask = lambdaFetch(fixture.api, shape);
  const authorization = { authorization: `Bearer ${adminToken}` };
  const post = (id: string, body: string | Uint8Array<ArrayBuffer>, type: string) =>
    ask("/webhooks", {
      method: "POST",
      body,
      headers: { ...sign(body, { id, secret }), "content-type": type },
    });
  const told = async (answer: Response) => [
    answer.status,
    ((await answer.json()) as { status: string }).status,
  ];
  const raw = async (id: string) =>
    new Uint8Array(await (await ask(`/api/events/${id}/raw`, { headers: authorization })).arrayBuffer());

  it("accepts a message, and its retry as a duplicate", async () => {
    const { id, body } = simulator.next();
    expect(await told(await post(id, body, "application/json"))).toEqual([200, "accepted"]);
    expect(await told(await post(id, body, "application/json"))).toEqual([200, "duplicate"]);
    expect(await told(await post(id, `${body} `, "application/json"))).toEqual([200, "conflict"]);
    expect(new TextDecoder().decode(await raw(id))).toBe(body);
  });

  it("preserves text beyond ASCII", async () => {
    const body = '\ufeff{"type":"other","name":"Zoë 💡"}\r\n';
    const { id } = simulator.next();
    const [status] = await told(await post(id, body, "application/json; charset=utf-8"));
    expect(status).toBe(200);
    expect(await raw(id)).toEqual(new TextEncoder().encode(body));
  });

  it("accepts a body in base64", async () => {
    const { id, body } = simulator.next();
    expect(await told(await post(id, body, "application/octet-stream"))).toEqual([200, "accepted"]);
    expect(new TextDecoder().decode(await raw(id))).toBe(body);
  });

  if (shape !== restApiTextEvent)
    it("stores a binary body byte for byte", async () => {
      const { id } = simulator.next();
      expect(await told(await post(id, binary, "application/octet-stream"))).toEqual([200, "quarantined"]);
      expect(await raw(id)).toEqual(binary);
    });

  it("rejects a changed message and stores nothing of it", async () => {
    const { id, body } = simulator.next();
    const headers = sign(body, { id, secret });
    const answer = await ask("/webhooks", { method: "POST", body: `${body} `, headers: { ...headers } });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      401,
      "signature_mismatch",
    ]);
    expect((await ask(`/api/events/${id}`, { headers: authorization })).status).toBe(404);
  });

  it("passes query strings to the list and returns cookies from the sign-in", async () => {
    const { id, body } = simulator.next();
    await post(id, body, "application/json");
    const list = await ask(`/api/events?limit=1&q=${id}`, { headers: authorization });
    expect(((await list.json()) as { events: object[] }).events).toMatchObject([{ id }]);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const signedIn = await ask("/login", { method: "POST", body: `token=${adminToken}`, headers });
    expect(signedIn.status).toBe(303);
    const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(await (await ask("/events", { headers: { cookie } })).text()).toContain(id);
  });
});

it("rejects messages of a REST API without binary types, which loses bytes before the function", async () => {
  const { id } = simulator.next();
  const headers = { ...sign(binary, { id, secret }), "content-type": "application/octet-stream" };
  const answer = await lambdaFetch(fixture.api, restApiTextEvent)("/webhooks", {
    method: "POST",
    body: binary,
    headers,
  });
  expect(answer.status).toBe(401);
});
