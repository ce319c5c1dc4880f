import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { maxBodyBytes } from "../context.js";
import { requestText } from "../raw-exchange.js";
import { headersFor, noSocket, open } from "../socket.js";

/** Bodies that are too large, too slow or incomplete. */
export const bodyLimitCases: readonly RuntimeCase[] = [
  {
    name: "a chunked body is cut off once it grows past the limit",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), "chunked")));
      const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
      for (let sent = 0; sent < maxBodyBytes * 2; sent += 0x10000) exchange.write(chunk);
      expect(await exchange.until(/payload_too_large/)).toMatch(/^HTTP\/1\.1 413 /);
      exchange.destroy();
    },
  },
  {
    name: "a declared length over the limit is rejected before the body is sent",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), 50_000_000), "start"));
      expect(await exchange.until(/payload_too_large/)).toMatch(/^HTTP\/1\.1 413 /);
      exchange.destroy();
    },
  },
  {
    name: "a sender that needs 0.3 s for a body that is too large can send all of it, at any time",
    except: noSocket,
    run: async (c) => {
      const part = "x".repeat(1_000_000);
      const send = async (afterMs: number) => {
        await sleep(afterMs);
        const exchange = await open(c);
        exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), 4 * part.length)));
        for (let sent = 0; sent < 3; sent++) {
          exchange.write(part);
          await sleep(100);
        }
        const cutOff = await exchange.closed(0);
        exchange.write(part);
        expect(await exchange.until(/payload_too_large/)).toMatch(/^HTTP\/1\.1 413 /);
        exchange.destroy();
        return cutOff;
      };
      // A server may look for idle connections every few seconds.
      const cutOff = await Promise.all(Array.from({ length: 17 }, (_, index) => send(index * 250)));
      expect(cutOff).not.toContain(true);
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
    name: `a connection whose body was rejected half-way is closed if its sender ${goesOn ? "goes on" : "is silent"}`,
    except: goesOn
      ? noSocket
      : { ...noSocket, deno: "Deno.serve waits for the rest of the request, for as long as it takes" },
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), "chunked")));
      const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
      for (let sent = 0; sent <= maxBodyBytes; sent += 0x10000) exchange.write(chunk);
      const drip = setInterval(() => goesOn && exchange.write("1\r\nx\r\n"), 100);
      expect(await exchange.until(/payload_too_large/)).toMatch(/^HTTP\/1\.1 413 /);
      expect(await exchange.closed(15_000)).toBe(true);
      clearInterval(drip);
    },
  })),
  {
    name: "a body is counted before its first byte has arrived",
    except: { ...noSocket, "cloudflare-workers": "every request has a separate budget" },
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
  {
    name: "bytes of a body that arrive after its time limit take no memory",
    except: noSocket,
    run: async (c) => {
      const exchange = await open(c);
      exchange.write(requestText("POST", "/webhooks", headersFor(c, c.id(), 1000), "x".repeat(999)));
      await exchange.until(/request_timeout/);
      exchange.write("x");
      await new Promise((resolve) => setTimeout(resolve, 300));
      let metrics = "";
      // Requests of other cases may not have ended yet.
      for (let tries = 0; tries < 100 && !/_memory_budget_used_bytes 0$/m.test(metrics); tries++) {
        const headers = { authorization: `Bearer ${c.target.adminToken}` };
        metrics = await (await c.target.fetch("/metrics", { headers })).text();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(metrics).toMatch(/_memory_budget_used_bytes 0$/m);
      exchange.destroy();
    },
  },
];
