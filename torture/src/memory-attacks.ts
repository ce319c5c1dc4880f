import type { Socket } from "node:net";
import type { Crowd } from "./sockets.ts";
import { pause } from "./wait.ts";

const kib = 1024;
const mib = 1024 * kib;
const head = "Host: x\r\nwebhook-id: evt_x\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n";
const filling = Buffer.alloc(mib, 0x7b);

/** So many connections are a crowd; so many where each sends more; and so many where each sends thousands of requests. */
const crowded = 15_000;
const some = 2000;
const few = 300;

/** Unsigned requests that never end, or whose answers are never read. */
export interface MemoryAttack {
  readonly name: string;
  /** The app is busy while it lasts: good messages are answered afterwards. */
  readonly busy?: true;
  /** Opens the connections and sends everything, or as much as the app reads. */
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

/** Chunks of one byte: each may arrive in a separate buffer. */
async function trickling(crowd: Crowd, origin: string): Promise<void> {
  await crowd.open(origin, crowded, (socket) => {
    socket.write(`POST /webhooks HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n`);
  });
  for (let i = 0; i < 20; i++) {
    crowd.write(() => "1\r\n{\r\n");
    await pause(50);
  }
}

/** Requests in a row on each connection, whose answers are never read. */
function pipelined(connections: number, request: string): MemoryAttack["run"] {
  const piece = Buffer.from(request.repeat(Math.ceil((32 * kib) / request.length)));
  return async (crowd, origin) => {
    await crowd.open(origin, connections, (socket: Socket) => {
      socket.pause();
      for (let i = 0; i < 4; i++) socket.write(piece);
    });
    await pause(3000);
  };
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const post = (path: string, type: string, body: string) =>
  `POST ${path} HTTP/1.1\r\n${head}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

export const memoryAttacks: readonly MemoryAttack[] = [
  { name: "idle", run: (crowd, origin) => crowd.open(origin, crowded, () => undefined) },
  {
    name: "15 KiB of headers",
    run: (crowd, origin) =>
      crowd.open(origin, crowded, (socket) => {
        socket.write(`POST /webhooks HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(15 * kib)}`);
      }),
  },
  {
    name: "300 headers",
    run: (crowd, origin) =>
      crowd.open(origin, crowded, (socket) => {
        const lines = Array.from({ length: 300 }, (_, i) => `x-h-${i}: ${"v".repeat(30)}\r\n`);
        socket.write(`POST /webhooks HTTP/1.1\r\nHost: x\r\n${lines.join("")}`);
      }),
  },
  {
    name: "bodies of 1 MiB, none of it sent",
    run: unfinished({ connections: crowded, sent: 0, declared: mib }),
  },
  { name: "one chunk", run: unfinished({ connections: crowded, sent: 1000 }) },
  { name: "chunks of one byte", run: trickling },
  ...["", "?a"].map((query) => ({
    name: `64 KiB less one byte${query === "" ? "" : ", with a query"}`,
    run: unfinished({
      path: `/webhooks${query}`,
      connections: crowded,
      sent: 64 * kib - 1,
      declared: 64 * kib,
    }),
  })),
  { name: "half a MiB, chunked", run: unfinished({ connections: some, sent: mib / 2 }) },
  { name: "1 MiB, refused half-way", run: growing },
  {
    name: "sign-in forms",
    run: unfinished({ path: "/login", connections: crowded, sent: 16_000, declared: 16_001 }),
  },
  {
    name: "100 MiB for no page",
    run: unfinished({ path: "/nowhere", connections: some, sent: mib - 1, declared: 100 * mib }),
  },
  { name: "pipelined pages", busy: true, run: pipelined(few, get("/login")) },
  {
    name: "pipelined messages",
    busy: true,
    run: pipelined(few, post("/webhooks", "application/json", "{}")),
  },
  ...[1, 2, 3].map((time) => ({
    name: `64 KiB less one byte, again (${time})`,
    run: unfinished({ connections: crowded, sent: 64 * kib - 1, declared: 64 * kib }),
  })),
];
