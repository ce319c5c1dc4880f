import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import type { RuntimeContext } from "../context.js";
import { edgeParses, noSocket, open } from "../socket.js";

const event = '{"type":"other"}';
const inChunks = `${[...event].map((char) => `1\r\n${char}\r\n`).join("")}0\r\n\r\n`;
const length = `content-length: ${event.length}\r\n`;
const chunked = "transfer-encoding: chunked\r\n";
const h2c =
  "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n";

const noTrailers = { ...noSocket, bun: "Bun.serve 1.4 answers 400 to trailers (docs/runtimes/bun.md)" };
const noEmptyLines = {
  ...edgeParses,
  bun: "Bun.serve 1.4 answers 400 to an empty line before a request (docs/runtimes/bun.md)",
};
const noHalfClosed = {
  ...noSocket,
  bun: "Bun.serve 1.4 answers nobody who has closed their side (docs/runtimes/bun.md)",
};

/** A request as text, without the headers of the signature. */
interface Framed {
  readonly name: string;
  readonly except?: RuntimeCase["except"];
  readonly request: (signed: string) => string;
  /** True: the client closes its side after the request. */
  readonly halfClosed?: boolean;
}

/** Requests to /webhooks in forms that proxies, health checks and HTTP clients send. All of them are valid. */
const framed: readonly Framed[] = [
  {
    name: "HTTP/1.0 without Host",
    except: edgeParses,
    request: (signed) => `POST /webhooks HTTP/1.0\r\n${signed}${length}\r\n${event}`,
  },
  {
    name: "HTTP/1.0 with Host",
    request: (signed) => `POST /webhooks HTTP/1.0\r\nhost: x\r\n${signed}${length}\r\n${event}`,
  },
  {
    name: "an offer of h2c (Java's HttpClient, curl --http2)",
    request: (signed) => `POST /webhooks HTTP/1.1\r\nhost: x\r\n${h2c}${signed}${length}\r\n${event}`,
  },
  {
    name: "an offer of h2c with a chunked body",
    request: (signed) => `POST /webhooks HTTP/1.1\r\nhost: x\r\n${h2c}${signed}${chunked}\r\n${inChunks}`,
  },
  {
    name: "an offer of another protocol",
    except: edgeParses,
    request: (signed) =>
      `POST /webhooks HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n${signed}${length}\r\n${event}`,
  },
  {
    name: "an empty Host",
    except: edgeParses,
    request: (signed) => `POST /webhooks HTTP/1.1\r\nhost:\r\n${signed}${length}\r\n${event}`,
  },
  {
    name: "a target in absolute form",
    except: edgeParses,
    request: (signed) =>
      `POST http://hooks.example/webhooks HTTP/1.1\r\nhost: hooks.example\r\n${signed}${length}\r\n${event}`,
  },
  {
    name: "names and codings in capitals",
    request: (signed) =>
      `POST /webhooks HTTP/1.1\r\nHOST: x\r\n${signed.replaceAll(/^[\w-]+:/gm, (name) => name.toUpperCase())}TRANSFER-ENCODING: CHUNKED\r\n\r\n${inChunks}`,
  },
  {
    name: "chunk extensions",
    except: edgeParses,
    request: (signed) =>
      `POST /webhooks HTTP/1.1\r\nhost: x\r\n${signed}${chunked}\r\n10;a=b;c="d"\r\n${event}\r\n0;e\r\n\r\n`,
  },
  {
    name: "trailers, which are ignored",
    except: noTrailers,
    request: (signed) =>
      `POST /webhooks HTTP/1.1\r\nhost: x\r\n${signed}${chunked}trailer: webhook-id\r\n\r\n10\r\n${event}\r\n0\r\nwebhook-id: evt_trailer\r\n\r\n`,
  },
  {
    name: "an empty line before the request",
    except: noEmptyLines,
    request: (signed) => `\r\nPOST /webhooks HTTP/1.1\r\nhost: x\r\n${signed}${length}\r\n${event}`,
  },
  {
    name: "a client that closes its side after the request",
    except: noHalfClosed,
    halfClosed: true,
    request: (signed) => `POST /webhooks HTTP/1.1\r\nhost: x\r\n${signed}${length}\r\n${event}`,
  },
  {
    name: "a client that closes its side after a chunked request, to a path with a query",
    except: noHalfClosed,
    halfClosed: true,
    request: (signed) => `POST /webhooks?a HTTP/1.1\r\nhost: x\r\n${signed}${chunked}\r\n${inChunks}`,
  },
];

function signedLines(c: RuntimeContext, id: string): string {
  const headers = Object.entries(c.sign(event, { id }));
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
}

/** Connections in the forms that clients, proxies and health checks use. */
export const framingCases: readonly RuntimeCase[] = [
  ...framed.map(({ name, except = noSocket, request, halfClosed = false }): RuntimeCase => ({
    name: `accepted over a socket: ${name}`,
    except,
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      exchange.write(request(signedLines(c, id)));
      if (halfClosed) exchange.end();
      const answer = await exchange.until(/\}/);
      exchange.destroy();
      expect(answer).toMatch(/^HTTP\/1\.[01] 200 [\s\S]*"unrecognized"/);
      expect(answer).toContain(id);
      expect(await c.stored(id)).toBeDefined();
    },
  })),
  ...["GET", "HEAD"].map((method): RuntimeCase => ({
    name: `${method} /healthz by HTTP/1.0 without Host, as in health checks`,
    except: edgeParses,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(`${method} /healthz HTTP/1.0\r\n\r\n`);
      expect(await exchange.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.[01] 200 /);
      expect(await exchange.closed()).toBe(true);
    },
  })),
  {
    name: "GET /healthz with an offer of h2c",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(`GET /healthz HTTP/1.1\r\nhost: x\r\n${h2c}\r\n`);
      expect(await exchange.until(/\}/)).toMatch(/^HTTP\/1\.1 200 /);
      exchange.destroy();
    },
  },
  {
    name: "OPTIONS / is answered, as in HAProxy's shortest health check",
    run: async (c) => {
      const answer = await c.target.fetch("/", { method: "OPTIONS" });
      expect([answer.status, answer.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    },
  },
  ...(
    [
      ["100-continue", edgeParses],
      // In the notation of Java's HttpClient.
      [
        "100-Continue",
        { ...edgeParses, bun: "Bun.serve 1.4 knows it in small letters only (docs/runtimes/bun.md)" },
      ],
    ] as const
  ).map(([expectation, except]): RuntimeCase => ({
    name: `Expect: ${expectation} gets 100 before the body is sent`,
    except,
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      exchange.write(
        `POST /webhooks HTTP/1.1\r\nhost: x\r\nexpect: ${expectation}\r\n${signedLines(c, id)}${length}\r\n`,
      );
      expect(await exchange.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 100 /);
      exchange.write(event);
      expect(await exchange.until(/\}/)).toMatch(/HTTP\/1\.1 200 [\s\S]*"unrecognized"/);
      exchange.destroy();
    },
  })),
  {
    name: "Connection: close is answered and closed",
    except: noSocket,
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      exchange.write(
        `POST /webhooks HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${signedLines(c, id)}${length}\r\n${event}`,
      );
      expect(await exchange.until(/\}/)).toMatch(/^HTTP\/1\.1 200 /);
      expect(await exchange.closed()).toBe(true);
    },
  },
  {
    name: "a connection is reused, also after a rejection",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      const ids = [c.id(), c.id(), c.id()] as const;
      const send = (id: string, body: string) =>
        exchange.write(`POST /webhooks HTTP/1.1\r\nhost: x\r\n${signedLines(c, id)}${length}\r\n${body}`);
      send(ids[0], event);
      await exchange.until(new RegExp(ids[0]));
      send(ids[1], event.replace("other", "OTHER"));
      await exchange.until(/signature_mismatch/);
      send(ids[2], event);
      expect(await exchange.until(new RegExp(ids[2]))).toMatch(
        /^HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 401 [\s\S]*HTTP\/1\.1 200 /,
      );
      exchange.destroy();
    },
  },
];
