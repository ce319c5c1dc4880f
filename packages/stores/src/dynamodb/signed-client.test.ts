import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sdkClient } from "../../test/dynamodb-fixture.js";
import { ScriptedServer } from "../../test/scripted-server.js";
import type { TableClient } from "./client.js";
import { makeSdkClient } from "./sdk-client.js";
import { authorizationOf } from "./sign.js";
import { SignedClient, type SignedClientOptions } from "./signed-client.js";

const region = "eu-central-1";
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
const put = { TableName: "events", Item: { pk: { S: "a" } } };
let server: ScriptedServer;
let endpoint: string;
const open: { close(): void }[] = [];

beforeEach(async () => {
  server = new ScriptedServer();
  endpoint = await server.listen();
});
afterEach(async () => {
  for (const client of open.splice(0)) client.close();
  await server.close();
});

function make(options: Partial<SignedClientOptions> = {}): SignedClient {
  const client = new SignedClient({
    endpoint: new URL(endpoint),
    region,
    credentials: () => credentials,
    ...options,
  });
  open.push(client);
  return client;
}

const nameOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "no error",
    (error: unknown) => (error as Error).name,
  );

describe("signature", () => {
  it("of the published example post-vanilla", () => {
    const headers = { host: "example.amazonaws.com", "x-amz-date": "20150830T123600Z" };
    const key = {
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    };
    const scope = { region: "us-east-1", service: "service" };
    expect(authorizationOf({ method: "POST", path: "/", headers, body: "" }, key, scope)).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    );
  });

  it("is the one of the AWS SDK for the SDK's request", async () => {
    const sdk = await makeSdkClient({ endpoint, region, credentials });
    const { PutItemCommand } = await import("@aws-sdk/client-dynamodb");
    await sdk.send(
      new PutItemCommand({ ...put, Item: { pk: { S: "ä 💡" }, raw: { B: Uint8Array.of(1, 255) } } }),
    );
    sdk.destroy();
    const [request] = server.seen;
    if (request === undefined) throw new Error("The SDK sent nothing");
    const { headers, body } = request;
    const authorization = headers["authorization"] ?? "";
    const signed = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
    expect(signed).toContain("x-amz-security-token");
    const again = {
      method: "POST",
      path: "/",
      headers: Object.fromEntries(signed.map((name) => [name, headers[name] ?? ""])),
      body,
    };
    expect(authorizationOf(again, credentials, { region, service: "dynamodb" })).toBe(authorization);
  });

  it("uses the credentials of the moment", async () => {
    const keys = [credentials, { accessKeyId: "NEXT", secretAccessKey: "s", sessionToken: undefined }];
    const call = make({ credentials: () => keys.shift() ?? credentials }).operation();
    await call("PutItem", put);
    await call("PutItem", put);
    const [first, second] = server.seen.map(({ headers }) => headers);
    expect([first?.["x-amz-security-token"], second?.["x-amz-security-token"]]).toEqual(["token", undefined]);
    expect(second?.["authorization"]).toContain("Credential=NEXT/");
  });

  it("corrects a wrong clock", async () => {
    const hour = 3_600_000;
    server.script = ({ headers }, response) => {
      const time = (headers["x-amz-date"] ?? "").replace(/(....)(..)(..T..)(..)(..Z)/, "$1-$2-$3:$4:$5");
      const wrong = Math.abs(Date.parse(time) - Date.now()) > 300_000;
      response
        .writeHead(wrong ? 400 : 200)
        .end(wrong ? JSON.stringify({ __type: "com.amazon.coral.service#InvalidSignatureException" }) : "{}");
    };
    const call = make({ now: () => Date.now() - hour }).operation();
    await call("PutItem", put);
    expect(server.seen).toHaveLength(2);
    await call("PutItem", put);
    expect(server.seen).toHaveLength(3);
  });
});

describe("bytes", () => {
  it("are base64 in both directions, also in nested attributes with any name", async () => {
    const item = { raw: { M: { B: { B: Uint8Array.of(0, 255) }, S: { S: "B" } } } };
    server.script = ({ body }, response) => {
      const { Item } = JSON.parse(body) as { Item: unknown };
      response.end(JSON.stringify({ Attributes: Item }));
    };
    const answer = await make().operation()("PutItem", { TableName: "events", Item: item });
    expect(server.seen[0]?.body).toContain('{"B":"AP8="}');
    expect(answer.Attributes).toEqual(item);
  });
});

describe.each([
  [200],
  [400, "ConditionalCheckFailedException", "The conditional request failed"],
  [400, "ValidationException"],
  [400, "ResourceNotFoundException"],
  [400, "AccessDeniedException"],
  [400, "UnrecognizedClientException"],
  [400, "ExpiredTokenException"],
  [400, "InvalidSignatureException", "The signature does not match"],
  [400, "InvalidSignatureException", "Signature expired: 20260101T000000Z is now earlier than …"],
  [400, "ProvisionedThroughputExceededException"],
  [400, "ThrottlingException"],
  [400, "RequestLimitExceeded"],
  [400, "LimitExceededException"],
  [413, "RequestEntityTooLarge"],
  [429, "SomethingElse"],
  [500, "InternalServerError"],
  [501, "NotImplemented"],
  [502],
  [503, "ServiceUnavailable"],
  [504],
] as const)("an answer of %i %s %s", (...answer) => {
  it("leads to the attempts and the error name of the AWS SDK", { timeout: 20_000 }, async () => {
    const outcome = async (client: TableClient) => {
      open.push(client);
      const before = server.seen.length;
      server.answer(answer, answer, answer, answer, answer);
      const name = await nameOf(client.operation()("PutItem", put));
      return { attempts: server.seen.length - before, name: answer.length === 1 ? "" : name };
    };
    const sdk = await outcome(await sdkClient(endpoint));
    expect(await outcome(make({ wait: async () => undefined }))).toEqual(sdk);
  });
});

describe("retries", () => {
  it("wait at random up to 50 and 100 ms, after throttling up to 1 and 2 s", async () => {
    const waits: number[] = [];
    const call = make({ random: () => 0.5, wait: async (ms) => void waits.push(ms) }).operation();
    server.answer([500, "InternalServerError"], [500, "InternalServerError"]);
    await call("PutItem", put);
    server.answer([400, "ThrottlingException"], [400, "ThrottlingException"]);
    await call("PutItem", put);
    expect(waits).toEqual([25, 50, 500, 1000]);
  });

  it("end when the budget is used up, and answers fill it again", async () => {
    const client = make({ wait: async () => undefined });
    const failure = [500, "InternalServerError"] as const;
    server.answer(...Array.from({ length: 200 }, () => failure));
    for (let count = 0; count < 50; count++) await nameOf(client.operation()("PutItem", put));
    // 500 tokens pay for 35 retries of 14.
    expect(server.seen).toHaveLength(50 + 35);
    server.answer();
    for (let count = 0; count < 14; count++) await client.operation()("PutItem", put);
    // A retry that succeeds gives back what it took.
    for (let count = 0; count < 3; count++) {
      server.answer(failure);
      await client.operation()("PutItem", put);
    }
    expect(server.seen).toHaveLength(50 + 35 + 14 + 3 * 2);
  });

  it("repair a lost and a truncated answer", async () => {
    const script = server.script;
    let count = 0;
    server.script = (request, response, incoming) => {
      count += 1;
      if (count === 1) return void incoming.socket.destroy();
      if (count > 2) return void script(request, response, incoming);
      response.writeHead(200, { "content-length": "10" }).write("{");
      setTimeout(() => incoming.socket.destroy(), 20);
    };
    await make().operation()("PutItem", put);
    expect(server.seen).toHaveLength(3);
  });
});

describe("connections", () => {
  it("stay open, and are replaced when the server has closed them", async () => {
    const client = make();
    for (let count = 0; count < 5; count++) await client.operation()("PutItem", put);
    expect(server.seen.map(({ connection }) => connection)).toEqual([1, 1, 1, 1, 1]);
    server.script = (_request, response, incoming) => {
      response.end("{}", () => setTimeout(() => incoming.socket.destroy(), 5));
    };
    for (let count = 0; count < 3; count++) {
      await client.operation()("PutItem", put);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(server.seen).toHaveLength(8);
  });
});

describe("time limits", () => {
  it("end an attempt, and all calls of an operation together", async () => {
    server.script = () => undefined;
    const call = make({ attemptMs: 300, operationMs: 10_000 }).operation();
    expect(await nameOf(call("PutItem", put))).toBe("TimeoutError");
    expect(server.seen).toHaveLength(3);
    const limited = make({ attemptMs: 5000, operationMs: 500 }).operation();
    const started = performance.now();
    expect(await nameOf(limited("PutItem", put))).toBe("TimeoutError");
    expect(await nameOf(limited("PutItem", put))).toBe("TimeoutError");
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it("end a TLS handshake that never ends after a second", { timeout: 15_000 }, async () => {
    const silent: Server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const url = new URL(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const started = performance.now();
    const call = make({ endpoint: url, wait: async () => undefined }).operation();
    expect(await nameOf(call("PutItem", put))).toBe("TimeoutError");
    expect(performance.now() - started).toBeLessThan(6000);
    silent.close();
  });
});
