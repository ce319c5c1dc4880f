import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors.js";
import { Webhook } from "../standardwebhooks.js";
import { unwrap } from "../unwrap.js";
import { sign } from "./sign.js";
import { type VerifyOptions, verifySignature } from "./verify-signature.js";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const body = '{"type":"identity.unheard.of"}';
const headers = sign(body, { id: "evt_1", secret });

/** A request as node:http gives it, with genuine headers. */
async function incoming(): Promise<IncomingMessage> {
  const server = createServer();
  const received = new Promise<IncomingMessage>((resolve) =>
    server.on("request", (request: IncomingMessage, response) => {
      response.end();
      resolve(request);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    method: "POST",
    body,
    headers,
  });
  await new Promise((resolve) => server.close(resolve));
  return received;
}

describe("invalid headers", () => {
  const web = new Request("http://localhost/", { method: "POST", body, headers });
  const cases: [string, unknown, string][] = [
    ["undefined", undefined, "headers are missing"],
    ["null", null, "headers are missing"],
    ["an array of pairs", Object.entries(headers), "headers must not be an array"],
    ["raw headers", Object.entries(headers).flat(), "headers must not be an array"],
    ["a text", JSON.stringify(headers), "headers must not be a string"],
    ["a function", web.headers.get, "headers must not be a function"],
    ["a web Request", web, "headers must not be the whole request"],
    ["a parsed request", { headers, body }, "headers must not be the whole request"],
    [
      "what Next.js headers() returns",
      Promise.resolve(new Headers(headers)),
      "headers are a promise: await it",
    ],
    ["entries of Headers", new Headers(headers).entries(), "headers must not be an iterator"],
    ["entries of a Map", new Map(Object.entries(headers)).entries(), "headers must not be an iterator"],
    ["a Set of pairs", new Set(Object.entries(headers)), "headers must not be an iterator"],
    [
      "Lambda@Edge",
      Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [{ key, value }]])),
      "headers have a value of type object for webhook-id, not a text or an array of texts",
    ],
    ["a value that is true", { ...headers, "webhook-signature": true }, "type boolean for webhook-signature"],
  ];

  it.each(cases)("%s: ConfigurationError with what to pass", (_, given, message) => {
    for (const run of [
      () => unwrap(body, { headers: given, secrets: secret } as VerifyOptions),
      () => verifySignature(body, { headers: given, secrets: secret } as VerifyOptions),
    ]) {
      expect(run).toThrow(ConfigurationError);
      expect(run).toThrow(message);
      expect(run).toThrow("such as request.headers");
    }
  });

  it.each(cases.slice(0, 2))(
    "%s: the drop-in does not report a message that is not genuine",
    (_, given, message) => {
      const run = () => new Webhook(secret).verify(body, given as never);
      expect(run).toThrow(ConfigurationError);
      expect(run).toThrow(message);
    },
  );

  it.each(cases.slice(2))("%s: the error of the drop-in has the reason as its cause", (_, given, message) => {
    expect(() => new Webhook(secret).verify(body, given as never)).toThrow(
      expect.objectContaining({
        name: "WebhookVerificationError",
        message: "Missing required headers",
        cause: expect.objectContaining({ message: expect.stringContaining(message) }),
      }),
    );
  });

  it("the request of node:http: ConfigurationError; its headers are accepted", async () => {
    const request = await incoming();
    expect(() => unwrap(body, { headers: request as never, secrets: secret })).toThrow("the whole request");
    expect(unwrap(body, { headers: request.headers, secrets: secret }).type).toBe("identity.unheard.of");
  });

  it("an object without the three headers: SignatureError, because the sender is at fault", () => {
    const form = { get: () => null, has: () => false, [Symbol.iterator]: () => [].values() };
    const nullish = { "webhook-id": null, "webhook-signature": [null, undefined] };
    for (const given of [{}, new Headers(), new Map(), { headers: "x" }, form, nullish as never])
      expect(() => unwrap(body, { headers: given, secrets: secret })).toThrow(
        expect.objectContaining({ name: "SignatureError", code: "missing_header" }),
      );
  });
});

describe("invalid options", () => {
  it.each([undefined, null, secret])("%s: ConfigurationError with how to call", (given) => {
    const calls: [string, () => unknown][] = [
      ["unwrap(body, { headers, secrets })", () => unwrap(body, given as never)],
      ["verifySignature(body, { headers, secrets })", () => verifySignature(body, given as never)],
      ["sign(body, { id, secret })", () => sign(body, given as never)],
    ];
    for (const [usage, run] of calls) {
      expect(run).toThrow(ConfigurationError);
      expect(run).toThrow(`call ${usage}`);
    }
  });

  it.each([
    [{}, "the option secrets is missing"],
    [{ secrets: undefined }, "the option secrets is missing"],
    [{ secrets: null }, "the option secrets is missing"],
    [{ secret }, "the option is called secrets, not secret"],
  ])("%j: ConfigurationError that names the option", (given, message) => {
    const run = () => unwrap(body, { headers, ...given } as unknown as VerifyOptions);
    expect(run).toThrow(ConfigurationError);
    expect(run).toThrow(message);
  });
});

describe("invalid bodies", () => {
  const request = () => new Request("http://localhost/", { method: "POST", body });
  it.each([
    [undefined, "It is undefined"],
    [null, "It is null"],
    [request().text(), "It is a promise: await it first"],
    [request().body, "It is a stream: read it to its end first"],
    [Readable.from([body]), "It is a stream: read it to its end first"],
    [new Blob([body]), "It is a Blob: pass the result of await arrayBuffer() on it"],
    [request(), "It is a Request: pass the result of await arrayBuffer() on it"],
    [JSON.parse(body), "A parsed object cannot be verified"],
  ])("%s: ConfigurationError with what it is", (given, message) => {
    const run = () => unwrap(given as never, { headers, secrets: secret });
    expect(run).toThrow(ConfigurationError);
    expect(run).toThrow(`as received. ${message}`);
  });
});
