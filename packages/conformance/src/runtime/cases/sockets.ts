import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { maxBodyBytes, type RuntimeContext } from "../context.js";
import { RawExchange, requestText } from "../raw-exchange.js";

const event = '{"type":"other"}';

export async function open(c: RuntimeContext): Promise<RawExchange> {
  if (c.target.socket === undefined) throw new Error("this target has no socket; the case must except it");
  return RawExchange.open(c.target.socket);
}

function headersFor(
  c: RuntimeContext,
  id: string,
  length: number | undefined = event.length,
): [string, string][] {
  const signed = Object.entries(c.sign(event, { id }));
  return length === undefined ? signed : [...signed, ["content-length", String(length)]];
}

export const noSocket = {
  "aws-lambda": "the Runtime API hands whole events over; API Gateway and the function URL deal with sockets",
};
export const edgeParses = {
  ...noSocket,
  "cloudflare-workers": "workerd answers before the Worker; on Cloudflare the edge parses requests",
};
const ownAnswer = {
  ...noSocket,
  "cloudflare-workers":
    "workerd itself answers 500 or 501, before the Worker; on Cloudflare the edge parses requests",
};

/** What no well-behaved client sends. The app must answer or close, and go on serving. */
export const socketCases: readonly RuntimeCase[] = [
  {
    name: "a chunked body without a length is taken",
    except: noSocket,
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      const chunks = [...event].map((char) => `1\r\n${char}\r\n`).join("");
      exchange.write(
        requestText(
          "POST",
          "/webhooks",
          [
            ...headersFor(c, id, undefined as never).filter(([name]) => name !== "content-length"),
            ["transfer-encoding", "chunked"],
          ],
          `${chunks}0\r\n\r\n`,
        ),
      );
      expect(await exchange.until(/\}/)).toMatch(/^HTTP\/1\.1 200 [\s\S]*"unrecognized"/);
      exchange.destroy();
      expect(await c.stored(id)).toBeDefined();
    },
  },
  {
    name: "a chunked body is cut off once it grows past the limit",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      const headers = headersFor(c, c.id()).filter(([name]) => name !== "content-length");
      exchange.write(requestText("POST", "/webhooks", [...headers, ["transfer-encoding", "chunked"]]));
      const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
      for (let sent = 0; sent < maxBodyBytes * 2; sent += 0x10000) exchange.write(chunk);
      expect(await exchange.until(/payload_too_large/)).toMatch(/^HTTP\/1\.1 413 /);
      exchange.destroy();
    },
  },
  {
    name: "a declared length over the limit is refused before the body is sent",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), 50_000_000), "start"));
      expect(await exchange.until(/payload_too_large/)).toMatch(/^HTTP\/1\.1 413 /);
      exchange.destroy();
    },
  },
  {
    name: "a body that stops arriving times out",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), 1000), "start"));
      expect(await exchange.until(/request_timeout/)).toMatch(/^HTTP\/1\.1 408 /);
      exchange.destroy();
    },
  },
  {
    name: "a large body that drips times out",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), 200_000), "start"));
      const drip = setInterval(() => exchange.write("x"), 100);
      const text = await exchange.until(/request_timeout/);
      clearInterval(drip);
      expect(text).toMatch(/^HTTP\/1\.1 408 /);
      exchange.destroy();
    },
  },
  {
    name: "a sign-in form that drips times out",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/login", [["content-length", "1000"]], "token="));
      const drip = setInterval(() => exchange.write("x"), 100);
      const text = await exchange.until(/request_timeout/);
      clearInterval(drip);
      expect(text).toMatch(/^HTTP\/1\.1 408 /);
      exchange.destroy();
    },
  },
  ...[true, false].map((goesOn): RuntimeCase => ({
    name: `a connection whose body was refused half-way is closed, where its sender ${goesOn ? "goes on" : "is silent"}`,
    except: goesOn
      ? noSocket
      : { ...noSocket, deno: "Deno.serve waits for the rest of the request, for as long as it takes" },
    run: async (c) => {
      const headers = headersFor(c, c.id()).filter(([name]) => name !== "content-length");
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", [...headers, ["transfer-encoding", "chunked"]]));
      const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
      for (let sent = 0; sent <= maxBodyBytes; sent += 0x10000) exchange.write(chunk);
      const drip = setInterval(() => goesOn && exchange.write("1\r\nx\r\n"), 100);
      expect(await exchange.until(/payload_too_large/)).toMatch(/^HTTP\/1\.1 413 /);
      expect(await exchange.closed(15_000)).toBe(true);
      clearInterval(drip);
    },
  })),
  {
    name: "a body counts before its first byte has arrived",
    except: { ...noSocket, "cloudflare-workers": "every request has a budget of its own" },
    run: async (c) => {
      const exchanges = await Promise.all(Array.from({ length: 8 }, () => open(c)));
      const half = requestText("POST", "/webhooks", headersFor(c, c.id(), 60_000));
      for (const exchange of exchanges) exchange.write(half);
      const headers = { authorization: `Bearer ${c.target.adminToken}` };
      let held = 0;
      for (let tries = 0; tries < 20 && held < 8 * 16_384; tries++) {
        const metrics = await (await c.target.fetch("/metrics", { headers })).text();
        held = Math.max(held, Number(/_memory_budget_used_bytes (\d+)$/m.exec(metrics)?.[1]));
      }
      for (const exchange of exchanges) exchange.destroy();
      expect(held).toBeGreaterThanOrEqual(8 * 16_384);
    },
  },
  ...["a/b", "a?b", "a#b", "x@y", "a b"].map((host): RuntimeCase => ({
    name: `Host: ${host} is refused, on every path`,
    except: {
      ...noSocket,
      "cloudflare-workers":
        "the URL of a request is the platform's; on Cloudflare no other Host reaches a Worker",
    },
    run: async (c) => {
      for (const path of ["/webhooks", "/webhooks?x", "/healthz"]) {
        const exchange = await open(c);
        const [line, , ...rest] = requestText("POST", path, headersFor(c, c.id()), event).split("\r\n");
        exchange.write([line, `host: ${host}`, ...rest].join("\r\n"));
        expect(await exchange.until(/\r\n\r\n/), path).toMatch(/^HTTP\/1\.1 400 /);
        exchange.destroy();
      }
    },
  })),
  {
    name: "what arrives of a body after its time is held by nobody",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), 1000), "x".repeat(999)));
      await exchange.until(/request_timeout/);
      exchange.write("x");
      await new Promise((resolve) => setTimeout(resolve, 300));
      let metrics = "";
      // Requests of other cases may still be on their way out.
      for (let tries = 0; tries < 100 && !/_memory_budget_used_bytes 0$/m.test(metrics); tries++) {
        const headers = { authorization: `Bearer ${c.target.adminToken}` };
        metrics = await (await c.target.fetch("/metrics", { headers })).text();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(metrics).toMatch(/_memory_budget_used_bytes 0$/m);
      exchange.destroy();
    },
  },
  {
    name: "a client that hangs up in the middle leaves nothing behind",
    except: noSocket,
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, id, 1000), event));
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
      exchange.write(ids.map((id) => requestText("POST", "/webhooks", headersFor(c, id), event)).join(""));
      const text = await exchange.until(new RegExp(ids[2] as string));
      exchange.destroy();
      const positions = ids.map((id) => text.indexOf(id));
      expect(positions.every((at) => at >= 0)).toBe(true);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    },
  },
  {
    name: "two different ids in one request are refused",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(
        requestText("POST", "/webhooks", [...headersFor(c, c.id()), ["webhook-id", c.id()]], event),
      );
      expect(await exchange.until(/\}/)).toMatch(/^HTTP\/1\.1 400 [\s\S]*malformed_header/);
      exchange.destroy();
    },
  },
  {
    name: "a flood of headers is refused or ignored, and the app goes on",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      const flood = Array.from({ length: 5000 }, (_, i) => [`x-${i}`, "y".repeat(50)] as const);
      exchange.write(requestText("POST", "/webhooks", [...flood, ...headersFor(c, c.id())], event));
      const text = await exchange.until(/\r\n\r\n/);
      exchange.destroy();
      expect(text === "" || /^HTTP\/1\.1 (?:4\d\d|200) /.test(text)).toBe(true);
      expect((await c.target.fetch("/healthz")).status).toBe(200);
    },
  },
  ...(
    [
      ["no HTTP at all", "hello\r\n\r\n", ownAnswer],
      ["a NUL in a header", requestText("POST", "/webhooks", [["webhook-id", "a\u0000b"]])],
      [
        "a length that is no number",
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
        "a chunk size that is no number",
        requestText("POST", "/webhooks", [["transfer-encoding", "chunked"]], "zz\r\nabc\r\n"),
      ],
    ] satisfies [string, string, RuntimeCase["except"]?][]
  ).map(([what, text, except = noSocket]): RuntimeCase => ({
    name: `${what}: no 2xx and no 5xx, and the app goes on`,
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
    name: "a request that smuggles a second one is not believed",
    except: {
      ...noSocket,
      "cloudflare-workers":
        "workerd goes by Transfer-Encoding and takes the rest for the next request, as RFC 9112 allows; on Cloudflare the edge parses requests",
    },
    run: async (c) => {
      const id = c.id();
      const exchange = await open(c);
      const hidden = requestText("POST", "/webhooks", headersFor(c, id), event);
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
    name: "three hundred connections that never send keep nobody waiting",
    except: noSocket,
    run: async (c) => {
      const idle = await Promise.all(Array.from({ length: 300 }, () => open(c)));
      for (const exchange of idle) exchange.write("POST /webhooks HTTP/1.1\r\nhost: x\r\n");
      const id = c.id();
      const started = Date.now();
      expect((await c.send(id, event)).status).toBe(200);
      // Below what any runtime waits for headers (ten seconds and more); above what a busy machine takes.
      expect(Date.now() - started).toBeLessThan(8000);
      for (const exchange of idle) exchange.destroy();
    },
  },
];
