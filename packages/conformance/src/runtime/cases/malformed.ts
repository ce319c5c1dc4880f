import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { edgeParses, open } from "../socket.js";

const event = '{"type":"other"}';
const inChunks = `10\r\n${event}\r\n0\r\n\r\n`;
const length = `content-length: ${event.length}\r\n`;

/** Returns the text after the request line; `signed` are the headers of the signature. */
type Rest = (signed: string) => string;

/** Requests that RFC 9112 requires a server to reject: a proxy may interpret them differently. All are signed. */
const malformed: readonly (readonly [name: string, line: string, rest: Rest])[] = [
  ["two Host headers", "HTTP/1.1\r\nhost: x\r\nhost: y", (signed) => `${signed}${length}\r\n${event}`],
  ["two equal Host headers", "HTTP/1.1\r\nhost: x\r\nhost: x", (signed) => `${signed}${length}\r\n${event}`],
  ["no Host in HTTP/1.1", "HTTP/1.1", (signed) => `${signed}${length}\r\n${event}`],
  [
    "a line feed alone at the end of every line",
    "HTTP/1.1\nhost: x",
    (signed) => `${signed}${length}\r\n`.replaceAll("\r", "") + event,
  ],
  [
    "a line feed alone in the headers",
    "HTTP/1.1\r\nhost: x",
    (signed) => `x-a: b\n${signed}${length}\r\n${event}`,
  ],
  [
    "the transfer codings gzip, chunked",
    "HTTP/1.1\r\nhost: x",
    (signed) => `${signed}transfer-encoding: gzip, chunked\r\n\r\n${inChunks}`,
  ],
  [
    "the transfer codings gzip and chunked in two lines",
    "HTTP/1.1\r\nhost: x",
    (signed) => `${signed}transfer-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n${inChunks}`,
  ],
  [
    "the transfer codings identity, chunked",
    "HTTP/1.1\r\nhost: x",
    (signed) => `${signed}transfer-encoding: identity, chunked\r\n\r\n${inChunks}`,
  ],
  [
    "the transfer coding identity beside a length",
    "HTTP/1.1\r\nhost: x",
    (signed) => `${signed}transfer-encoding: identity\r\n${length}\r\n${event}`,
  ],
  [
    "a transfer coding in HTTP/1.0",
    "HTTP/1.0\r\nhost: x",
    (signed) => `${signed}transfer-encoding: chunked\r\n\r\n${inChunks}`,
  ],
  ["a folded header", "HTTP/1.1\r\nhost: x", (signed) => `x-a: b\r\n c\r\n${signed}${length}\r\n${event}`],
  ["a space before a colon", "HTTP/1.1\r\nhost: x", (signed) => `x-a : b\r\n${signed}${length}\r\n${event}`],
  ["a request line of HTTP/2.0", "HTTP/2.0\r\nhost: x", (signed) => `${signed}${length}\r\n${event}`],
  ["a request line of HTTP/1.2", "HTTP/1.2\r\nhost: x", (signed) => `${signed}${length}\r\n${event}`],
  ["a request line without a version", "\r\nhost: x", (signed) => `${signed}${length}\r\n${event}`],
];

/** Requests to unknown paths, and other requests of scanners. */
const odd: readonly (readonly [name: string, text: string])[] = [
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n"],
  ["CONNECT", "CONNECT x:443 HTTP/1.1\r\nhost: x:443\r\n\r\n"],
  ["TRACE", "TRACE /webhooks HTTP/1.1\r\nhost: x\r\n\r\n"],
  ["a method in small letters", "get /healthz HTTP/1.1\r\nhost: x\r\n\r\n"],
  ["a method nobody knows", "BREW /webhooks HTTP/1.1\r\nhost: x\r\n\r\n"],
  ["a URL of 100 kB", `GET /${"a".repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`],
  [
    "a line of the PROXY protocol",
    "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET /healthz HTTP/1.1\r\nhost: x\r\n\r\n",
  ],
  ["TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"],
];

/** Malformed requests. The app rejects them, stores nothing and continues. */
export const malformedCases: readonly RuntimeCase[] = [
  ...malformed.map(([name, line, rest]): RuntimeCase => ({
    name: `rejected over a socket: ${name}`,
    except: edgeParses,
    run: async (c) => {
      const id = c.id();
      const headers = Object.entries(c.sign(event, { id }));
      const signed = headers.map(([key, value]) => `${key}: ${value}\r\n`).join("");
      const end = line.includes("\r") || !line.includes("\n") ? "\r\n" : "\n";
      const exchange = await open(c);
      exchange.write(`POST /webhooks ${line}${end}${rest(signed)}`);
      const answer = await exchange.until(/\r\n\r\n/);
      exchange.destroy();
      // 505 only if the request line has no version of HTTP/1: Bun answers it to a line that does not end.
      const refusal = /^HTTP\/1\.[01]\r\n/.test(`${line}${end}`)
        ? /^HTTP\/1\.[01] 400 /
        : /^HTTP\/1\.[01] (?:400|505) /;
      expect(answer).toMatch(refusal);
      expect(await c.stored(id)).toBeUndefined();
    },
  })),
  ...odd.map(([name, text]): RuntimeCase => ({
    name: `${name}: no 2xx and no 5xx, and the app continues`,
    except: edgeParses,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(text);
      const answer = await exchange.until(/\r\n\r\n/, 3000);
      exchange.destroy();
      expect(answer === "" || /^HTTP\/1\.[01] (?:4\d\d|505) /.test(answer), answer.slice(0, 200)).toBe(true);
      expect((await c.target.fetch("/healthz")).status).toBe(200);
    },
  })),
];
