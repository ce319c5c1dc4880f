import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { verifySignature } from "@sessionhook/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { secret } from "../secret.ts";
import { sendLoad, wrkMissing } from "./load.ts";
import { type RequestFile, writeRequests } from "./requests.ts";

let folder = "";
const load = { connections: 8, seconds: 1, skip: 0 };

/**
 * Milliseconds until the server responds. This limits even a fast machine to a few thousand requests per second over
 * eight connections, so that two loads of one second each use only a small part of `many`.
 */
const answerMs = 2;
/** More requests than any test sends; every test starts from the first one. */
let many: RequestFile;
let server: Server;
let url = "";
let ids: string[] = [];
let [status, answers] = [200, 0];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sessionhook-load-"));
  many = writeRequests(join(folder, "many"), 60_000, "small");
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    // Throws for a message that the provider would not send, which breaks the connection.
    ids.push(verifySignature(Buffer.concat(chunks), { headers: request.headers, secrets: secret }).id);
    answers++;
    await sleep(answerMs);
    response.writeHead(status, { "content-length": 0 }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
});
beforeEach(() => {
  ids = [];
  [status, answers] = [200, 0];
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const missing = process.env["REQUIRE_WRK"] === "1" ? undefined : await wrkMissing();
const skipped = missing !== undefined;

describe("load from wrk", () => {
  test.skipIf(skipped)(
    `sends each message once, signed${skipped ? ` (skipped: ${missing})` : ""}`,
    async () => {
      const result = await sendLoad(url, many, load);
      expect(result.requests).toBeGreaterThan(load.connections);
      expect(new Set(ids).size).toBe(ids.length);
      // Some may be in flight when the time is over.
      expect(answers - result.requests).toBeGreaterThanOrEqual(0);
      expect(answers - result.requests).toBeLessThanOrEqual(load.connections);
      expect(result.p50).toBeGreaterThan(0);
      expect(result.p999).toBeGreaterThanOrEqual(result.p99);
      // The load lasts one second, but up to five on a busy machine.
      expect(result.perSecond).toBeGreaterThan(0.2 * result.requests);
      expect(result.perSecond).toBeLessThan(1.1 * result.requests);
    },
  );

  test.skipIf(skipped)("continues after the skipped requests", async () => {
    const first = await sendLoad(url, many, load);
    await sendLoad(url, many, { ...load, skip: first.requests + load.connections });
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.skipIf(skipped)(
    "fails when a response is not 2xx and when the file has too few requests",
    async () => {
      const few = writeRequests(join(folder, "few"), 20, "small");
      await expect(sendLoad(url, few, load)).rejects.toThrow("too short");
      const { requests } = await sendLoad(url, few, { ...load, repeat: true });
      expect(requests).toBeGreaterThan(20);
      status = 503;
      await expect(sendLoad(url, many, load)).rejects.toThrow("not 2xx");
    },
  );
});
