import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import * as nodeTls from "node:tls";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deliveryItem, HttpPeer, noDeadline } from "@sessionhook/conformance/destination-suite";
import type { Outcome } from "@sessionhook/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { drivers } from "../registry.js";

const servers: Server[] = [];
const sockets = new Set<Socket>();
const peers: HttpPeer[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  for (const peer of peers.splice(0)) await peer.close();
});

/** Listens with raw sockets; returns the origin. */
async function raw(onRequest: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => onRequest(socket));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

async function http(): Promise<HttpPeer> {
  const peer = await HttpPeer.listen();
  peers.push(peer);
  return peer;
}

interface Sent {
  readonly outcome: Outcome;
  readonly ms: number;
}

async function sendTo(url: string, timeoutMs = 10_000): Promise<Sent> {
  const destination = await drivers.http.create(
    { url, network: "private" },
    { name: "backend", folder: "/", now: Date.now },
  );
  const began = performance.now();
  const context = { ...noDeadline, signal: AbortSignal.timeout(timeoutMs) };
  const [outcome] = await destination.send([deliveryItem()], context);
  const ms = performance.now() - began;
  await destination.close();
  return { outcome: outcome as Outcome, ms };
}

const closed = Symbol("closed");

describe("a connection that", () => {
  it.each<[string, string | typeof closed, object]>([
    ["is closed without an answer", closed, { outcome: "retry", reason: { code: "connection_reset" } }],
    [
      "speaks another protocol",
      "SSH-2.0-OpenSSH_9.2\r\n",
      { outcome: "retry", reason: { code: "invalid_answer" } },
    ],
    [
      "has two lengths",
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc",
      { outcome: "retry", reason: { code: "invalid_answer" } },
    ],
    [
      "has endless headers",
      `HTTP/1.1 200 OK\r\nx: ${"y".repeat(200_000)}\r\n\r\n`,
      { outcome: "retry", reason: { code: "invalid_answer" } },
    ],
    ["ends within its headers", "HTTP/1.1 200 OK\r\ncontent-le", { outcome: "retry" }],
    ["ends within its body", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc", { outcome: "delivered" }],
    [
      "ends within the body of an error",
      "HTTP/1.1 500 No\r\ncontent-length: 100\r\n\r\nabc",
      { outcome: "retry", reason: { code: "http_500" } },
    ],
    [
      "has a broken chunk",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\n",
      { outcome: "delivered" },
    ],
    [
      "answers with garbage",
      "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\u0000\u0001\ufffd{",
      { outcome: "delivered" },
    ],
    [
      "switches protocols",
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
      { outcome: "retry" },
    ],
  ])("%s", async (_, answer, expected) => {
    const origin = await raw((socket) => (answer === closed ? socket.destroy() : socket.end(answer)));
    expect((await sendTo(origin, 3000)).outcome).toMatchObject(expected);
  });

  it("is refused", async () => {
    expect((await sendTo("http://127.0.0.1:1/")).outcome).toEqual({
      outcome: "retry",
      reason: { code: "connection_refused" },
    });
  });

  it("drips its headers ends with the time of the attempt", async () => {
    const origin = await raw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const timer = setInterval(() => socket.write("x-a: b\r\n"), 50);
      socket.on("close", () => clearInterval(timer));
    });
    const { outcome, ms } = await sendTo(origin, 500);
    expect(outcome).toEqual({ outcome: "retry", reason: { code: "timeout" } });
    expect(ms).toBeLessThan(3000);
  });
});

describe("an answer that", () => {
  it.each([200, 500])("drips its body for ever is not waited for: %i", async (status) => {
    const peer = await http();
    peer.answer = (_, response) => {
      response.writeHead(status);
      const timer = setInterval(() => response.write("."), 50);
      response.on("close", () => clearInterval(timer));
    };
    const { outcome, ms } = await sendTo(peer.origin, 30_000);
    expect(outcome.outcome).toBe(status === 200 ? "delivered" : "retry");
    expect(ms).toBeLessThan(8000);
  });

  it.each([200, 500])("has 50 MB is cut off: %i", async (status) => {
    const peer = await http();
    let written = 0;
    const ended = new Promise<void>((resolve) => {
      peer.answer = (_, response) => {
        response.writeHead(status);
        response.on("close", resolve);
        const chunk = Buffer.alloc(65_536, "a ");
        const more = () => {
          while (written < 50_000_000 && !response.destroyed) {
            written += chunk.length;
            if (!response.write(chunk)) return void response.once("drain", more);
          }
          response.end();
        };
        more();
      };
    });
    const { outcome } = await sendTo(peer.origin);
    await ended;
    expect(outcome.outcome).toBe(status === 200 ? "delivered" : "retry");
    expect(written).toBeLessThan(25_000_000);
    expect(
      new TextEncoder().encode(outcome.outcome === "retry" ? outcome.reason.excerpt : "").length,
    ).toBeLessThan(1001);
  });

  it("is compressed is not shown", async () => {
    const peer = await http();
    peer.answer = (_, response) => response.writeHead(500, { "content-encoding": "gzip" }).end("not gzip");
    expect((await sendTo(peer.origin)).outcome).toEqual({
      outcome: "retry",
      after: undefined,
      reason: { code: "http_500", status: 500 },
    });
  });

  it("comes before the body was read counts", async () => {
    const origin = await raw((socket) =>
      socket.end("HTTP/1.1 413 No\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno"),
    );
    expect((await sendTo(origin)).outcome).toMatchObject({ outcome: "retry", reason: { code: "http_413" } });
  });
});

describe("a certificate that", () => {
  const folder = mkdtempSync(join(tmpdir(), "sessionhook-tls-"));
  let tls: { key: Buffer; cert: Buffer };
  beforeAll(() => {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=hooks.example.test", "-addext", "subjectAltName=DNS:hooks.example.test"];
    const args = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      key,
      "-out",
      cert,
      "-days",
      "2",
    ];
    execFileSync("openssl", [...args, ...subject], { stdio: "pipe" });
    tls = { key: readFileSync(key), cert: readFileSync(cert) };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("no authority has signed is refused, whatever the environment allows", async () => {
    const peer = await HttpPeer.listen(tls);
    peers.push(peer);
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      const { outcome } = await sendTo(`${peer.origin}/`);
      expect(outcome).toEqual({ outcome: "retry", reason: { code: "tls_certificate_untrusted" } });
      expect(peer.requests).toEqual([]);
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    }
  });

  // Other runtimes take more certificates at their start only.
  it.runIf("setDefaultCACertificates" in nodeTls)(
    "is valid for the name is accepted, another is not",
    async () => {
      const peer = await HttpPeer.listen(tls);
      peers.push(peer);
      const before = nodeTls.getCACertificates("default");
      nodeTls.setDefaultCACertificates([...before, String(tls.cert)]);
      try {
        const send = async (name: string) => {
          const destination = await drivers.http.create(
            { url: `https://${name}:${peer.port}/`, network: "private" },
            { name: "backend", folder: "/", now: Date.now, lookup: async () => ["127.0.0.1"] },
          );
          const [outcome] = await destination.send([deliveryItem()], noDeadline);
          await destination.close();
          return outcome;
        };
        expect(await send("hooks.example.test")).toEqual({ outcome: "delivered" });
        expect(peer.requests[0]?.headers.host).toBe(`hooks.example.test:${peer.port}`);
        expect(await send("other.example.test")).toEqual({
          outcome: "retry",
          reason: { code: "tls_name_mismatch" },
        });
      } finally {
        nodeTls.setDefaultCACertificates(before);
      }
    },
  );

  it("is absent ends the attempt", async () => {
    const peer = await http();
    const { outcome } = await sendTo(peer.origin.replace("http:", "https:"));
    expect(outcome).toEqual({ outcome: "retry", reason: { code: "tls_failed" } });
  });
});
