import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { requestText } from "../raw-exchange.js";
import { headersFor, noSocket, open, socketBody } from "../socket.js";

const ownAnswer = {
  ...noSocket,
  "cloudflare-workers":
    "workerd itself answers 500 or 501, before the Worker; on Cloudflare the edge parses requests",
};

/** Requests that no well-behaved client sends. The app must answer or close the connection, and continue. */
export const socketCases: readonly RuntimeCase[] = [
  {
    name: "a chunked body without a length is accepted",
    except: noSocket,
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      const chunks = [...socketBody].map((char) => `1\r\n${char}\r\n`).join("");
      exchange.write(requestText("POST", "/webhooks", headersFor(c, id, "chunked"), `${chunks}0\r\n\r\n`));
      expect(await exchange.until(/\}/)).toMatch(/^HTTP\/1\.1 200 [\s\S]*"unrecognized"/);
      exchange.destroy();
      expect(await c.stored(id)).toBeDefined();
    },
  },
  ...["a/b", "a?b", "a#b", "x@y", "a b"].map((host): RuntimeCase => ({
    name: `Host: ${host} is rejected, on every path`,
    except: {
      ...noSocket,
      "cloudflare-workers":
        "the URL of a request is the platform's; on Cloudflare no other Host reaches a Worker",
    },
    run: async (c) => {
      for (const path of ["/webhooks", "/webhooks?x", "/healthz"]) {
        const exchange = await open(c);
        const [line, , ...rest] = requestText("POST", path, headersFor(c, c.id()), socketBody).split("\r\n");
        exchange.write([line, `host: ${host}`, ...rest].join("\r\n"));
        expect(await exchange.until(/\r\n\r\n/), path).toMatch(/^HTTP\/1\.1 400 /);
        exchange.destroy();
      }
    },
  })),
  {
    name: "an incomplete message of a client that hangs up is not stored",
    except: noSocket,
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, id, 1000), socketBody));
      exchange.destroy();
      expect((await c.target.fetch("/healthz")).status).toBe(200);
      expect(await c.stored(id)).toBeUndefined();
    },
  },
  {
    name: "pipelined requests are answered in order",
    except: {
      ...noSocket,
      bun: "Bun.serve closes the connection when a request is pipelined behind one still in work (oven-sh/bun#38128); what it cut off was not acknowledged",
    },
    run: async (c) => {
      const ids = [c.id(), c.id(), c.id()];
      const exchange = await open(c);
      exchange.write(
        ids.map((id) => requestText("POST", "/webhooks", headersFor(c, id), socketBody)).join(""),
      );
      const text = await exchange.until(new RegExp(ids[2] as string));
      exchange.destroy();
      const positions = ids.map((id) => text.indexOf(id));
      expect(positions.every((at) => at >= 0)).toBe(true);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    },
  },
  {
    name: "two different ids in one request are rejected",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(
        requestText("POST", "/webhooks", [...headersFor(c, c.id()), ["webhook-id", c.id()]], socketBody),
      );
      expect(await exchange.until(/\}/)).toMatch(/^HTTP\/1\.1 400 [\s\S]*malformed_header/);
      exchange.destroy();
    },
  },
  {
    name: "a flood of headers is rejected or ignored, and the app continues",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      const flood = Array.from({ length: 5000 }, (_, i) => [`x-${i}`, "y".repeat(50)] as const);
      exchange.write(requestText("POST", "/webhooks", [...flood, ...headersFor(c, c.id())], socketBody));
      const text = await exchange.until(/\r\n\r\n/);
      exchange.destroy();
      expect(text === "" || /^HTTP\/1\.1 (?:4\d\d|200) /.test(text)).toBe(true);
      expect((await c.target.fetch("/healthz")).status).toBe(200);
    },
  },
  ...(
    [
      ["text that is not HTTP", "hello\r\n\r\n", ownAnswer],
      ["a NUL in a header", requestText("POST", "/webhooks", [["webhook-id", "a\u0000b"]])],
      [
        "a length that is not a number",
        requestText("POST", "/webhooks", [["content-length", "ten"]]),
        ownAnswer,
      ],
      [
        "two different lengths",
        requestText(
          "POST",
          "/webhooks",
          [
            ["content-length", "1"],
            ["content-length", "2"],
          ],
          "ab",
        ),
        ownAnswer,
      ],
      [
        "a chunk size that is not a number",
        requestText("POST", "/webhooks", [["transfer-encoding", "chunked"]], "zz\r\nabc\r\n"),
      ],
    ] satisfies [string, string, RuntimeCase["except"]?][]
  ).map(([what, text, except = noSocket]): RuntimeCase => ({
    name: `${what}: no 2xx and no 5xx, and the app continues`,
    except,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(text);
      const answer = await exchange.until(/\r\n\r\n/, 3000);
      exchange.destroy();
      expect(answer === "" || /^HTTP\/1\.1 4\d\d /.test(answer), answer.slice(0, 200)).toBe(true);
      expect((await c.target.fetch("/healthz")).status).toBe(200);
    },
  })),
  {
    name: "a smuggled second request is not stored",
    except: {
      ...noSocket,
      "cloudflare-workers":
        "workerd goes by Transfer-Encoding and takes the rest for the next request, as RFC 9112 allows; on Cloudflare the edge parses requests",
    },
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      const hidden = requestText("POST", "/webhooks", headersFor(c, id), socketBody);
      const headers: [string, string][] = [
        ["content-length", String(5 + hidden.length)],
        ["transfer-encoding", "chunked"],
      ];
      exchange.write(requestText("POST", "/webhooks", headers, `0\r\n\r\n${hidden}`));
      await exchange.until(/\r\n\r\n/, 3000);
      await new Promise((resolve) => setTimeout(resolve, 100));
      exchange.destroy();
      expect(await c.stored(id)).toBeUndefined();
    },
  },
  {
    name: "three hundred connections that never send do not delay a message",
    except: noSocket,
    run: async (c) => {
      const idle = await Promise.all(Array.from({ length: 300 }, () => open(c)));
      for (const exchange of idle) exchange.write("POST /webhooks HTTP/1.1\r\nhost: x\r\n");
      const id = c.id();
      const started = Date.now();
      expect((await c.send(id, socketBody)).status).toBe(200);
      // Less than the time limit for headers of every runtime (at least ten seconds), more than a busy machine needs.
      expect(Date.now() - started).toBeLessThan(8000);
      for (const exchange of idle) exchange.destroy();
    },
  },
];
