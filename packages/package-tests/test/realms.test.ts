// @vitest-environment jsdom
import { Buffer } from "node:buffer";
import { runInNewContext } from "node:vm";
import {
  classifyEvent,
  type HeadersLike,
  parseEvent,
  type RawBody,
  sign,
  unwrap,
  verifySignature,
} from "@sessionhook/core";
import { Webhook } from "@sessionhook/core/standardwebhooks";
import { createWebhookHandler } from "@sessionhook/handler";
import { type NodeRequest, nodeHandler } from "@sessionhook/handler/node";
import { describe, expect, it } from "vitest";
import { message, secret } from "./signed-message.js";

/** A value made by another realm, as test environments, node:vm and frames have them. */
const elsewhere = <T>(code: string, given: object = {}) => runInNewContext(code, given) as T;

const one = message();
const bytes = Buffer.from(one.body);
const given = { list: [...bytes], entries: Object.entries(one.headers) };

const bodies: readonly [string, RawBody][] = [
  ["a Buffer, which jsdom takes from another realm", bytes],
  ["what TextEncoder gives", new TextEncoder().encode(one.body)],
  ["a Uint8Array of node:vm", elsewhere("Uint8Array.from(list)", given)],
  ["part of a larger one", elsewhere<Uint8Array>("Uint8Array.from([1, ...list, 2]).subarray(1, -1)", given)],
  ["an ArrayBuffer of node:vm", elsewhere("Uint8Array.from(list).buffer", given)],
];

it("takes place where Buffers and Uint8Arrays come from different realms", () => {
  expect(bytes instanceof Uint8Array).toBe(false);
});

describe.each(bodies)("a body that is %s", (_, body) => {
  const options = { headers: one.headers, secrets: secret };

  it("is verified, parsed and classified", () => {
    expect(unwrap(body, options)).toEqual(JSON.parse(one.body));
    expect(verifySignature(body, options).id).toBe(one.id);
    expect(parseEvent(body).status).toBe("accepted");
    expect(classifyEvent(body)).toEqual({ status: "accepted", type: "identity.session.finalized" });
    expect(unwrap(body, { headers: sign(body, { id: one.id, secret }), secrets: secret })).toBeTypeOf(
      "object",
    );
  });

  it("is verified and signed by the drop-in, unless it is an ArrayBuffer, which standardwebhooks refuses", () => {
    const webhook = new Webhook(secret);
    const run = () => [
      webhook.verify(body as Uint8Array, one.headers),
      webhook.sign(one.id, new Date(Number(one.headers["webhook-timestamp"]) * 1000), body as Uint8Array),
    ];
    if (String(body) === "[object ArrayBuffer]")
      expect(run).toThrow("Expected payload to be of type string or Buffer.");
    else expect(run()).toEqual([JSON.parse(one.body), one.headers["webhook-signature"]]);
  });

  it("is taken from req.rawBody and req.body by the Node adapter", async () => {
    for (const name of ["rawBody", "body"]) {
      const saved: string[] = [];
      const webhook = createWebhookHandler({ secrets: secret }).on(
        "*",
        (event) => void saved.push(String(event.type)),
      );
      const request = {
        method: "POST",
        rawHeaders: given.entries.flat(),
        [name]: body,
        readableDidRead: true,
      };
      const answer = {
        statusCode: 0,
        headersSent: false,
        destroyed: false,
        setHeader: () => undefined,
        end: () => undefined,
      };
      await nodeHandler(webhook)(request as unknown as NodeRequest, answer);
      expect([name, answer.statusCode, saved]).toEqual([name, 200, ["identity.session.finalized"]]);
    }
  });
});

it("answers a Request whose body is made here", async () => {
  for (const body of [one.body, bytes, new TextEncoder().encode(one.body)]) {
    const request = new Request("http://localhost/", { method: "POST", headers: one.headers, body });
    const answer = await createWebhookHandler({ secrets: secret })(request);
    expect([answer.status, await answer.json()]).toEqual([200, { status: "accepted", id: one.id }]);
  }
});

it("takes headers, secrets and dates of another realm", () => {
  const headers: readonly [string, HeadersLike][] = [
    ["Map", elsewhere("new Map(entries)", given)],
    [
      "Map in capitals",
      elsewhere("new Map(entries.map(([name, value]) => [name.toUpperCase(), value]))", given),
    ],
    ["object", elsewhere("Object.fromEntries(entries)", given)],
    ["Headers", new Headers(one.headers)],
  ];
  const secrets = elsewhere<string[]>("[secret]", { secret });
  const now = elsewhere<Date>("new Date()");
  for (const [name, form] of headers)
    expect(verifySignature(one.body, { headers: form, secrets, now }).id, name).toBe(one.id);
  expect(
    unwrap(one.body, { headers: sign(one.body, { id: one.id, secret: secrets, timestamp: now }), secrets }),
  ).toBeTypeOf("object");
});
