import { deliveryItem, HttpPeer, noDeadline } from "@sessionhook/conformance/destination-suite";
import {
  type DeliveryItem,
  generateKeyPair,
  generateSecret,
  type Outcome,
  verifySignature,
} from "@sessionhook/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { drivers } from "../registry.js";
import type { HttpConfig } from "./config.js";

let peer: HttpPeer;
beforeEach(async () => {
  peer = await HttpPeer.listen();
});
afterEach(() => peer.close());

const now = 1_780_315_200_500;
const context = { name: "backend", folder: "/", now: () => now };

async function send(config: Partial<HttpConfig>, ...items: DeliveryItem[]): Promise<readonly Outcome[]> {
  const full = { url: `${peer.origin}/hooks?a=b`, network: "private" as const, ...config };
  expect(drivers.http.schema.parse(full)).toEqual(full);
  const destination = await drivers.http.create(full, context);
  try {
    return await destination.send(items, { ...noDeadline, now: () => now });
  } finally {
    await destination.close();
  }
}

describe("the request", () => {
  it("has the exact bytes and the message id, signed by the secret of the destination", async () => {
    const { secretKey, publicKey } = generateKeyPair();
    const hmac = generateSecret();
    const raw = new TextEncoder().encode('\n{ "big": 12345678901234567890,\r\n "é": "\\u00e9"}  ');
    const item = deliveryItem({ raw });
    expect(await send({ secret: [hmac, secretKey] }, item)).toEqual([{ outcome: "delivered" }]);
    const [request] = peer.requests;
    expect(new Uint8Array(request?.body ?? [])).toEqual(raw);
    const headers = request?.headers as Record<string, string>;
    expect(headers).toMatchObject({
      "webhook-id": item.event.id,
      "webhook-timestamp": "1780315200",
      "content-type": "application/json",
      "user-agent": "Sessionhook",
      "content-length": String(raw.length),
      host: `127.0.0.1:${peer.port}`,
    });
    expect(request?.url).toBe("/hooks?a=b");
    for (const secrets of [hmac, publicKey]) {
      const verified = verifySignature(raw, { headers, secrets, now: () => now });
      expect(verified.id).toBe(item.event.id);
    }
    expect(Object.keys(headers)).not.toContain("sessionhook-replay");
  });

  it("has the same id and another timestamp on a later attempt, and the id of a replay", async () => {
    const item = deliveryItem();
    await send({}, item);
    await send({}, { ...item, attempt: 2, replay: "rpl_17" });
    const [first, second] = peer.requests.map(({ headers }) => headers);
    expect(second?.["webhook-id"]).toBe(first?.["webhook-id"]);
    expect(second?.["sessionhook-replay"]).toBe("rpl_17");
    expect(first).not.toHaveProperty("webhook-signature");
  });

  it("names the sample event of a test in a header, and no other event", async () => {
    await send({}, { ...deliveryItem(), deliveryId: "test" });
    await send({}, deliveryItem());
    expect(peer.requests.map(({ headers }) => headers["sessionhook-test"])).toEqual(["1", undefined]);
  });

  it("has the configured headers beside its own", async () => {
    await send(
      { headers: { Authorization: "Bearer t", "X-Tenant": "a b", "User-Agent": "mine" } },
      deliveryItem(),
    );
    expect(peer.requests[0]?.headers).toMatchObject({
      authorization: "Bearer t",
      "x-tenant": "a b",
      "user-agent": "mine",
    });
  });

  it("is signed over a flat body", async () => {
    const secret = generateSecret();
    const item = deliveryItem();
    await send({ body: "flat", secret }, item);
    const { body, headers } = peer.requests[0] ?? {};
    expect(JSON.parse(String(body))).toEqual(item.facts);
    verifySignature(body ?? "", {
      headers: headers as Record<string, string>,
      secrets: secret,
      now: () => now,
    });
  });

  it("has a mapped body", async () => {
    const item = deliveryItem();
    const map = {
      email: "{{person.email}}",
      size: "{{ company.employeeCount }}",
      text: "{{person.firstName}} from {{company.name}} ({{person.phones}})",
      none: "{{session.id}}",
      noneOfTwo: "{{session.id}} {{utm.term}}",
      oneOfTwo: "{{session.id}} {{company.name}}",
      constant: "x y",
      empty: "",
      pages: "{{pages}}",
      nested: [{ source: "{{utm.source}}", fixed: 1, yes: true, nothing: null }, "{{utm.term}}"],
    };
    await send({ body: { map } }, item);
    expect(JSON.parse(String(peer.requests[0]?.body))).toEqual({
      email: item.facts?.personEmail,
      size: 1200,
      text: `${item.facts?.personFirstName} from ${item.event.id} ()`,
      oneOfTwo: ` ${item.event.id}`,
      constant: "x y",
      empty: "",
      pages: ["/pricing", "/docs"],
      nested: [{ source: "newsletter", fixed: 1, yes: true, nothing: null }, null],
    });
  });

  it("has null for an absent fact in a list, so that the others have their places", async () => {
    const map = {
      row: ["{{session.id}}", "{{person.email}}", "{{utm.term}} {{session.id}}", ["{{utm.term}}"]],
    };
    const item = deliveryItem();
    await send({ body: { map } }, item);
    expect(JSON.parse(String(peer.requests[0]?.body))).toEqual({
      row: [null, item.facts?.personEmail, null, [null]],
    });
  });

  it.each(["flat", { map: { email: "{{person.email}}" } }] as const)(
    "is not sent without facts: %j",
    async (body) => {
      expect(await send({ body }, deliveryItem({ facts: undefined }))).toEqual([
        { outcome: "skipped", reason: { code: "no_facts" } },
      ]);
      expect(peer.requests).toEqual([]);
    },
  );

  it("uses one connection for many", async () => {
    const full = { url: peer.origin, network: "private" as const };
    const destination = await drivers.http.create(full, context);
    for (let i = 0; i < 20; i += 1) await destination.send([deliveryItem()], noDeadline);
    await destination.close();
    expect(peer.connections).toBe(1);
  });

  it("ignores the proxy of the environment", async () => {
    const before = { ...process.env };
    Object.assign(process.env, { HTTP_PROXY: "http://127.0.0.1:9", http_proxy: "http://127.0.0.1:9" });
    try {
      expect(await send({}, deliveryItem())).toEqual([{ outcome: "delivered" }]);
    } finally {
      for (const name of ["HTTP_PROXY", "http_proxy"]) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });
});

describe("the outcome", () => {
  const day = 24 * 60 * 60 * 1000;

  it.each([
    [200, {}, { outcome: "delivered" }],
    [202, {}, { outcome: "delivered" }],
    [204, {}, { outcome: "delivered" }],
    [304, {}, { outcome: "retry", reason: { code: "http_304", status: 304 } }],
    [400, {}, { outcome: "retry", reason: { code: "http_400", status: 400, excerpt: "no" } }],
    [401, {}, { outcome: "retry" }],
    [404, {}, { outcome: "retry" }],
    [408, { "retry-after": "60" }, { outcome: "retry", after: now + 60_000 }],
    [410, {}, { outcome: "blocked", reason: { code: "http_410", status: 410, excerpt: "no" } }],
    [422, {}, { outcome: "retry" }],
    [425, {}, { outcome: "retry" }],
    [429, {}, { outcome: "paced", until: now + 30_000 }],
    [429, { "retry-after": "120" }, { outcome: "paced", until: now + 120_000 }],
    [429, { "retry-after": "0" }, { outcome: "paced", until: now + 1000 }],
    [429, { "retry-after": "99999999999999999999" }, { outcome: "paced", until: now + day }],
    [429, { "retry-after": "soon" }, { outcome: "paced", until: now + 30_000 }],
    [429, { "retry-after": "-5" }, { outcome: "paced", until: now + 30_000 }],
    [
      429,
      { "retry-after": new Date(now + 90_000).toUTCString() },
      { outcome: "paced", until: Math.floor((now + 90_000) / 1000) * 1000 },
    ],
    [429, { "retry-after": "Mon, 01 Jan 2001 00:00:00 GMT" }, { outcome: "paced", until: now + 1000 }],
    [500, {}, { outcome: "retry", reason: { code: "http_500", status: 500, excerpt: "no" } }],
    [503, {}, { outcome: "retry", reason: { code: "http_503" } }],
    [503, { "retry-after": "2" }, { outcome: "paced", until: now + 2000 }],
    [599, {}, { outcome: "retry" }],
  ] as const)("of %i %j", async (status, headers, expected) => {
    peer.answer = (_, response) =>
      response.writeHead(status, headers).end(status === 204 || status === 304 ? "" : "no");
    expect(await send({}, deliveryItem())).toMatchObject([expected]);
  });

  it("of a redirect is another attempt", async () => {
    peer.answer = (_, response) => response.writeHead(302, { location: `${peer.origin}/other` }).end();
    expect(await send({}, deliveryItem())).toMatchObject([
      { outcome: "retry", reason: { code: "http_302" } },
    ]);
    expect(peer.requests).toHaveLength(1);
  });
});
