import { sign } from "@sessionhook/core";
import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from "node:http";
import { createServer as createHttp2Server, connect as connectHttp2 } from "node:http2";
import { type AddressInfo, connect, type Server } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type SignedMessage, message, now, secret, told } from "@sessionhook/conformance/signed-message";
import { createWebhookHandler, type WebhookHandlerOptions } from "./create-webhook-handler.js";
import { nodeHandler } from "./node.js";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

interface Made {
  readonly url: string;
  readonly port: number;
  readonly bodies: Uint8Array[];
  readonly errors: unknown[];
}

/** A real server; `before` stands for what a host does with the request first. */
async function serve(
  options: Partial<WebhookHandlerOptions> = {},
  before: (request: IncomingMessage) => Promise<void> | void = () => undefined,
): Promise<Made> {
  const bodies: Uint8Array[] = [];
  const errors: unknown[] = [];
  const webhook = createWebhookHandler({
    secrets: secret,
    now: () => now,
    maxBodyBytes: 200_000,
    onError: (error) => errors.push(error),
    ...options,
  }).on("*", (_, { rawBody }) => bodies.push(rawBody));
  const handle = nodeHandler(webhook);
  const port = await listen(
    createServer(
      (request, response) => void Promise.resolve(before(request)).then(() => handle(request, response)),
    ),
  );
  return { url: `http://127.0.0.1:${port}/webhooks`, port, bodies, errors };
}

const post = (url: string, { body, headers }: SignedMessage) =>
  fetch(url, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe("behind node:http", () => {
  it("passes on the bytes as received and writes the answer of the handler", async () => {
    const { url, bodies } = await serve();
    const one = message();
    const answer = await post(url, one);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await told(answer)).toEqual([200, { status: "accepted", id: one.id }]);
    expect(bodies.map((bytes) => Buffer.from(bytes).toString())).toEqual([one.body]);
  });

  it("accepts a body that arrives in pieces without a length", async () => {
    const { port } = await serve();
    const one = message();
    const request = httpRequest({ port, method: "POST", path: "/", headers: one.headers });
    const answered = new Promise<IncomingMessage>((resolve) => request.once("response", resolve));
    for (let i = 0; i < one.body.length; i += 1000) {
      request.write(one.body.slice(i, i + 1000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    request.end();
    const answer = await answered;
    expect([answer.statusCode, JSON.parse((await readAll(answer)).toString())]).toEqual([
      200,
      { status: "accepted", id: one.id },
    ]);
  });

  it("accepts many concurrent requests", async () => {
    const { url, bodies } = await serve();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(url, message())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(bodies).toHaveLength(50);
  });

  it("answers 413 so that a sender that is still writing can read it, with and without a length", async () => {
    const { url } = await serve();
    const { headers } = message();
    const body = new Uint8Array(3_000_000);
    const stream = () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (let i = 0; i < 30; i++) controller.enqueue(new Uint8Array(100_000));
          controller.close();
        },
      });
    for (const [name, sent] of [
      ["declared", body],
      ["undeclared", stream()],
    ] as const) {
      const answer = await fetch(url, { method: "POST", body: sent, headers, duplex: "half" } as RequestInit);
      expect([answer.status, (await told(answer))[1]["code"]], name).toEqual([413, "payload_too_large"]);
    }
  });

  it("lets a sender finish writing before it closes, so that no reset discards the answer", async () => {
    const { port } = await serve();
    const socket = connect(port, "127.0.0.1");
    const errors: Error[] = [];
    let got = "";
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("data", (chunk) => (got += String(chunk))).on("error", (error) => errors.push(error));
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 300000\r\n\r\n");
    for (let i = 0; i < 30; i++) {
      socket.write("x".repeat(10_000));
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (i < 29) expect(socket.writable, `after ${i + 1} pieces`).toBe(true);
    }
    await closed;
    expect([errors, got.slice(0, 12)]).toEqual([[], "HTTP/1.1 413"]);
  });

  // Again where the machine stood still: the sender has a second for it.
  it(
    "continues to read from a sender that reads the answer only after writing everything",
    { retry: 3 },
    async () => {
      const { port } = await serve();
      const socket = connect(port, "127.0.0.1");
      const failed = new Promise<never>((_, reject) => {
        socket.once("error", reject).once("close", () => reject(new Error("closed while it was writing")));
      });
      const write = (text: string) =>
        Promise.race([failed, new Promise<void>((resolve) => socket.write(text, () => resolve()))]);
      socket.pause();
      await write("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
      // More than the buffers of both sockets hold (10 MB on Linux).
      for (let i = 0; i < 16; i++) await write(`100000\r\n${"x".repeat(0x100000)}\r\n`);
      await write("0\r\n\r\n");
      const answer = new Promise((resolve) =>
        socket.once("data", (data) => resolve(String(data).slice(0, 12))),
      );
      socket.resume();
      expect(await Promise.race([failed, answer])).toBe("HTTP/1.1 413");
      failed.catch(() => undefined);
      socket.destroy();
    },
  );

  it("answers a sender that never stops writing, and closes the connection", async () => {
    const { port } = await serve();
    const socket = connect(port, "127.0.0.1");
    let got = "";
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("data", (chunk) => (got += String(chunk))).on("error", () => undefined);
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    const chunk = `1000\r\n${"x".repeat(0x1000)}\r\n`;
    const writing = setInterval(() => {
      for (let i = 0; i < 20 && socket.writable; i++) socket.write(chunk);
    }, 5);
    await closed;
    clearInterval(writing);
    expect(got).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("continues after a sender that disconnects halfway", async () => {
    const { port, url, bodies } = await serve();
    const socket = connect(port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc", () => socket.destroy());
    await new Promise((resolve) => socket.once("close", resolve));
    expect((await post(url, message())).status).toBe(200);
    expect(bodies).toHaveLength(1);
  });

  it("answers 408 to a body that arrives too slowly", async () => {
    const { port } = await serve({ bodyTimeoutMs: 100 });
    const socket = connect(port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc");
    let got = "";
    socket.on("data", (chunk) => (got += String(chunk)));
    await new Promise((resolve) => socket.once("close", resolve));
    expect(got).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("answers 405 to other methods, and 400 to a repeated header", async () => {
    const { url, port } = await serve();
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
      const answer = await fetch(url, { method });
      expect([answer.status, answer.headers.get("allow")], method).toEqual([405, "POST"]);
    }
    const one = message();
    const raw = Object.entries(one.headers).flat();
    const request = httpRequest({
      port,
      method: "POST",
      headers: [...raw, "webhook-id", "evt_other", "host", "x"],
    });
    const answered = new Promise<IncomingMessage>((resolve) => request.once("response", resolve));
    request.end(one.body);
    const answer = await answered;
    expect(JSON.parse((await readAll(answer)).toString())).toMatchObject({ code: "malformed_header" });
  });

  it("serves HTTP/2", async () => {
    const webhook = nodeHandler(
      createWebhookHandler({ secrets: secret, now: () => now, maxBodyBytes: 50_000 }),
    );
    const port = await listen(
      createHttp2Server((request, response) => void webhook(request, response as unknown as ServerResponse)),
    );
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const exchange = (one: SignedMessage) =>
      new Promise<number>((resolve, reject) => {
        const stream = session.request({ ":method": "POST", ":path": "/", ...one.headers });
        stream.on("response", (headers) => resolve(headers[":status"] as number)).on("error", reject);
        stream.resume();
        stream.end(one.body);
      });
    const warnings: Error[] = [];
    const warned = (warning: Error) => warnings.push(warning);
    process.on("warning", warned);
    expect(await exchange(message())).toBe(200);
    expect(await exchange({ ...message(), body: "x".repeat(60_000) })).toBe(413);
    await new Promise<void>((resolve) => session.close(resolve));
    process.off("warning", warned);
    // Node warns of a connection header and drops it.
    expect(warnings).toEqual([]);
  });
});

/** A message whose body has spacing that encoding it again would lose. */
function spaced(): SignedMessage {
  const { id, body } = message();
  const text = JSON.stringify(JSON.parse(body), null, 2);
  return { id, body: text, headers: { ...sign(text, { id, secret, timestamp: now / 1000 }) } };
}

describe("behind a framework that has read the body", () => {
  const hosts: [string, (request: IncomingMessage) => Promise<void>][] = [
    ["a Buffer in body", async (request) => void Object.assign(request, { body: await readAll(request) })],
    [
      "text in body",
      async (request) => void Object.assign(request, { body: (await readAll(request)).toString() }),
    ],
    [
      "bytes in rawBody beside a parsed body",
      async (request) => {
        const rawBody = await readAll(request);
        Object.assign(request, { rawBody, body: JSON.parse(rawBody.toString()) as unknown });
      },
    ],
    [
      "an empty object in body, and the stream unread",
      async (request) => void Object.assign(request, { body: {} }),
    ],
  ];
  for (const [name, before] of hosts) {
    it(`${name}: accepted, over the bytes as received`, async () => {
      const { url, bodies } = await serve({}, before);
      const one = spaced();
      expect(await told(await post(url, one))).toEqual([200, { status: "accepted", id: one.id }]);
      expect(Buffer.from(bodies[0] as Uint8Array).toString()).toBe(one.body);
    });
  }

  it("the size limit applies there too", async () => {
    const { url } = await serve({ maxBodyBytes: 1000 }, async (request) => {
      Object.assign(request, { body: await readAll(request) });
    });
    expect((await post(url, message())).status).toBe(413);
  });

  it("a parsed body is never encoded again: 500, and the error names the fix", async () => {
    const { url, bodies, errors } = await serve({}, async (request) => {
      Object.assign(request, { body: JSON.parse((await readAll(request)).toString()) as unknown });
    });
    const [status, problem] = await told(await post(url, message()));
    expect([status, problem["code"]]).toEqual([500, "misconfigured"]);
    expect(problem["detail"]).toMatch(/was parsed before.*before express\.json\(\).*express\.raw/);
    expect(errors).toMatchObject([{ name: "ConfigurationError" }]);
    expect(bodies).toEqual([]);
  });

  it("a stream that was read and discarded is reported in the same way", async () => {
    const { url, errors } = await serve({}, async (request) => void (await readAll(request)));
    const [status, problem] = await told(await post(url, message()));
    expect([status, problem["detail"]]).toEqual([500, expect.stringMatching(/was read before/)]);
    expect(errors).toHaveLength(1);
  });
});

describe("a custom handler that rejects", () => {
  const failure = new Error("mine");

  it("passes the error to next, if there is one", async () => {
    const next = vi.fn<(error: unknown) => void>();
    const handle = nodeHandler(() => Promise.reject(failure));
    const port = await listen(
      createServer((request, response) => {
        void handle(request, response, (error) => {
          next(error);
          response.statusCode = 502;
          response.end();
        });
      }),
    );
    expect((await post(`http://127.0.0.1:${port}/`, message())).status).toBe(502);
    expect(next.mock.calls).toEqual([[failure]]);
  });

  it("is answered with 500 otherwise", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const handle = nodeHandler(() => Promise.reject(failure));
    const port = await listen(createServer((request, response) => void handle(request, response)));
    expect((await post(`http://127.0.0.1:${port}/`, message())).status).toBe(500);
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });
});
