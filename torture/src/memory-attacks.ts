import type { Socket } from "node:net";
import type { Crowd } from "./sockets.ts";
import { pause } from "./wait.ts";

const kib = 1024;
const mib = 1024 * kib;
const head = "Host: x\r\nwebhook-id: evt_x\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n";
const filling = Buffer.alloc(mib, 0x7b);

/** So many connections are a crowd; and so many where each sends more. */
const crowded = 15_000;
const some = 2000;

/** Unsigned requests that never end, or whose answers nobody reads. */
export interface MemoryAttack {
  readonly name: string;
  /** Attacks until all of it is sent, or would be if the app read it. */
  readonly run: (crowd: Crowd, origin: string) => Promise<void>;
}

interface Unfinished {
  readonly path?: string;
  readonly connections: number;
  /** Bytes of each body that are sent. */
  readonly sent: number;
  /** Its Content-Length; without one it is chunked. */
  readonly declared?: number;
}

function unfinished({ path = "/webhooks", connections, sent, declared }: Unfinished): MemoryAttack["run"] {
  const framing = declared === undefined ? "Transfer-Encoding: chunked" : `Content-Length: ${declared}`;
  return (crowd, origin) =>
    crowd.open(origin, connections, (socket) => {
      socket.write(`POST ${path} HTTP/1.1\r\n${head}${framing}\r\n\r\n`);
      if (declared === undefined) socket.write(`${sent.toString(16)}\r\n`);
      if (sent > 0) socket.write(filling.subarray(0, sent));
      if (declared === undefined) socket.write("\r\n");
    });
}

/** Bodies that grow together, a piece at a time, until most of them are refused half-way; the refused stay connected. */
async function growing(crowd: Crowd, origin: string): Promise<void> {
  const step = 64 * kib;
  await crowd.open(origin, some, (socket) => {
    socket.write(`POST /webhooks HTTP/1.1\r\n${head}Content-Length: ${mib}\r\n\r\n`);
  });
  for (let sent = step; sent < mib; sent += step) {
    crowd.write(() => filling.subarray(0, step));
    await pause(100);
  }
}

/** Chunks of one byte: each may come with a buffer of its own. */
async function trickling(crowd: Crowd, origin: string): Promise<void> {
  await crowd.open(origin, crowded, (socket) => {
    socket.write(`POST /webhooks HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n`);
  });
  for (let i = 0; i < 20; i++) {
    crowd.write(() => "1\r\n{\r\n");
    await pause(50);
  }
}

/** Requests in a row on each connection, whose answers nobody reads. */
function pipelined(connections: number, request: string): MemoryAttack["run"] {
  const piece = Buffer.from(request.repeat(Math.ceil((32 * kib) / request.length)));
  return async (crowd, origin) => {
    await crowd.open(origin, connections, (socket: Socket) => {
      socket.pause();
      for (let i = 0; i < 8; i++) socket.write(piece);
    });
    await pause(3000);
  };
}

const form = "username=admin&token=".padEnd(200, "x");
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const post = (path: string, type: string, body: string) =>
  `POST ${path} HTTP/1.1\r\n${head}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

export const memoryAttacks: readonly MemoryAttack[] = [
  { name: "idle connections", run: (crowd, origin) => crowd.open(origin, crowded, () => undefined) },
  {
    name: "headers of 15 KiB that never end",
    run: (crowd, origin) =>
      crowd.open(origin, crowded, (socket) => {
        socket.write(`POST /webhooks HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(15 * kib)}`);
      }),
  },
  {
    name: "300 headers that never end",
    run: (crowd, origin) =>
      crowd.open(origin, crowded, (socket) => {
        const lines = Array.from({ length: 300 }, (_, i) => `x-h-${i}: ${"v".repeat(30)}\r\n`);
        socket.write(`POST /webhooks HTTP/1.1\r\nHost: x\r\n${lines.join("")}`);
      }),
  },
  {
    name: "bodies of which nothing comes, after 15 KiB of headers",
    run: (crowd, origin) =>
      crowd.open(origin, crowded, (socket) => {
        const lines = Array.from({ length: 15 }, (_, i) => `x-h-${i}: ${"v".repeat(1000)}\r\n`);
        socket.write(`POST /webhooks HTTP/1.1\r\n${head}${lines.join("")}Content-Length: 65536\r\n\r\n`);
      }),
  },
  { name: "bodies of which nothing comes", run: unfinished({ connections: crowded, sent: 0, declared: mib }) },
  { name: "bodies of one byte", run: unfinished({ connections: crowded, sent: 1, declared: mib }) },
  { name: "bodies of one chunk", run: unfinished({ connections: crowded, sent: 1000 }) },
  {
    name: "bodies of 64 KiB less one byte",
    run: unfinished({ connections: crowded, sent: 64 * kib - 1, declared: 64 * kib }),
  },
  {
    name: "the same with a query",
    run: unfinished({ path: "/webhooks?a", connections: crowded, sent: 64 * kib - 1, declared: 64 * kib }),
  },
  {
    name: "bodies of half a MiB, declared",
    run: unfinished({ connections: some, sent: mib / 2, declared: mib }),
  },
  { name: "bodies of half a MiB, chunked", run: unfinished({ connections: some, sent: mib / 2 }) },
  {
    name: "bodies of 1 MiB less one byte, with a query",
    run: unfinished({ path: "/webhooks?a", connections: some, sent: mib - 1, declared: mib }),
  },
  { name: "chunks of one byte", run: trickling },
  { name: "bodies refused half-way", run: growing },
  {
    name: "sign-in forms",
    run: unfinished({ path: "/login", connections: crowded, sent: 16_000, declared: 16_001 }),
  },
  {
    name: "bodies for pages",
    run: unfinished({ path: "/events", connections: some, sent: mib - 1, declared: mib }),
  },
  {
    name: "bodies for no page",
    run: unfinished({ path: "/nowhere", connections: some, sent: mib - 1, declared: 100 * mib }),
  },
  { name: "pipelined pages, unread", run: pipelined(some, get("/login")) },
  { name: "pipelined checks, unread", run: pipelined(some, get("/healthz")) },
  { name: "pipelined messages, unread", run: pipelined(some, post("/webhooks", "application/json", "{}")) },
  {
    name: "pipelined sign-ins, unread",
    run: pipelined(some, post("/login", "application/x-www-form-urlencoded", form)),
  },
];
