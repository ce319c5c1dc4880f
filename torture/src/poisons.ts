import type { ServerResponse } from "node:http";
import type { HostileReply, Reply } from "./receiving-system.ts";

const mib = 1024 * 1024;
const filling = Buffer.alloc(mib, 0x7b);

/** Answers of destinations that harm a receiver that believes them, waits for them or stores them. */
export const poisons: Readonly<Record<string, () => Reply>> = {
  garbage: () => accepting((response) => response.writeHead(200, json).end(filling.subarray(0, 5000))),
  huge: () => accepting((response) => write50Mib(response, 200)),
  "huge-error": () => refusing((response) => write50Mib(response, 500)),
  drip: () => accepting(drip),
  reset: () => accepting(breakOff),
  redirect: () => refusing((response) => response.writeHead(307, { location: "/elsewhere" }).end()),
  informational: () => refusing(informational),
  switching: () =>
    raw("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n\u0000\u0001"),
  "no-http": () => raw("SSH-2.0-OpenSSH_9.2\r\n"),
  "two-lengths": () => raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc"),
  "429-seconds": () => retryAfter(429, "2"),
  "429-absurd": () => retryAfter(429, "9".repeat(40)),
  "429-negative": () => retryAfter(429, "-1e9"),
  "503-date": () => retryAfter(503, new Date(Date.now() + 2000).toUTCString()),
  "503-absurd": () => retryAfter(503, "Fri, 31 Dec 9999 23:59:59 GMT"),
  "503-past": () => retryAfter(503, "Thu, 01 Jan 1970 00:00:00 GMT"),
  gone: () => 410,
};

const json = { "content-type": "application/json", "content-length": 5000 };
const accepting = (write: HostileReply["write"]): HostileReply => ({ accepts: true, write });
const refusing = (write: HostileReply["write"]): HostileReply => ({ accepts: false, write });
const raw = (text: string) => refusing(({ socket }) => socket?.end(text));
const retryAfter = (status: number, value: string) =>
  refusing((response) => response.writeHead(status, { "retry-after": value }).end());

function write50Mib(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": 50 * mib });
  let left = 50;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left--;
      if (!response.write(filling)) return void response.once("drain", more);
    }
    response.end();
  };
  more();
}

/** One byte each second, for two minutes. */
function drip(response: ServerResponse): void {
  response.writeHead(200);
  let left = 120;
  const timer = setInterval(() => {
    response.write("x");
    if (--left === 0) response.end();
  }, 1000);
  response.on("close", () => clearInterval(timer));
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { "content-length": 1000 });
  response.write("half", () => setTimeout(() => response.socket?.resetAndDestroy(), 10));
}

/** Interim answers, and never a final one. */
function informational({ socket }: ServerResponse): void {
  socket?.write("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(1000));
}
