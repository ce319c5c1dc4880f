import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { workerdMissing } from "@sessionhook/conformance/workerd";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { adminToken, secret, WorkerProcess } from "./worker-process.js";

const missing = workerdMissing();
const simulator = createSimulator({ seed: 41, now: Date.now() });
const headers = { authorization: `Bearer ${adminToken}` };

const post = (app: WorkerProcess, id: string, body: string, signal?: AbortSignal) =>
  fetch(`${app.origin}/webhooks`, {
    method: "POST",
    body,
    headers: { ...sign(body, { id, secret }) },
    ...(signal === undefined ? {} : { signal }),
  });
const json = async (app: WorkerProcess, path: string) =>
  (await (await fetch(`${app.origin}${path}`, { headers })).json()) as Record<string, unknown>;

/** Returns every row of the list, newest first. */
async function listed(app: WorkerProcess): Promise<{ id: string; duplicates: number }[]> {
  const rows: { id: string; duplicates: number }[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const page = await json(app, `/api/events?limit=500${query}`);
    rows.push(...(page["events"] as typeof rows));
    cursor = page["nextCursor"] as string | null;
  }
  return rows;
}

describe.skipIf(missing !== undefined)(`in workerd${missing === undefined ? "" : ` (${missing})`}`, () => {
  describe("concurrent requests", () => {
    const app = new WorkerProcess({ LOG_LEVEL: "debug" });
    beforeAll(() => app.start());
    afterAll(() => app.cleanUp());

    /** Tries again, as senders do: under load workerd resets connections, also in the moment in which one is used again. */
    let repeated = 0;
    const again = async <T>(call: () => Promise<T>): Promise<T> => {
      for (let left = 5; ; left--) {
        try {
          return await call();
        } catch (error) {
          if (left === 0) throw error;
          repeated++;
          await wait(200);
        }
      }
    };

    it("store every event once in a first burst into an empty database", async () => {
      const events = Array.from({ length: 300 }, () => simulator.next());
      const answers = await Promise.all(events.map(({ id, body }) => again(() => post(app, id, body))));
      expect([...new Set(answers.map(({ status }) => status))]).toEqual([200]);
      const rows = await listed(app);
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)));
      expect(rows).toHaveLength(events.length);
      const stats = await json(app, "/api/stats");
      expect(stats).toMatchObject({ conflicts: 0 });
      // The answer to a stored one can be lost.
      expect(stats["duplicates"]).toBeLessThanOrEqual(repeated);
    });

    it("are not delayed by senders that disconnect halfway", async () => {
      const { port } = new URL(app.origin);
      for (let round = 0; round < 5; round++) {
        const cut = Array.from({ length: 40 }, async (_, i) => {
          const { id, body } = simulator.next();
          const abort = new AbortController();
          const sent = post(app, id, body, abort.signal).then(
            ({ ok }) => (ok ? id : undefined),
            () => undefined,
          );
          setTimeout(() => abort.abort(), i);
          return sent;
        });
        const halves = Array.from({ length: 40 }, () => {
          const { id, body } = simulator.next();
          const lines = Object.entries({ ...sign(body, { id, secret }), "content-length": body.length });
          const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
          const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
          socket.write(`POST /webhooks HTTP/1.1\r\nhost: x\r\n${head}\r\n${body.slice(0, 100)}`);
          setTimeout(() => socket.destroy(), 20);
          return id;
        });
        const reads = Array.from({ length: 20 }, () =>
          again(() => fetch(`${app.origin}/readyz`)).then((r) => r.status),
        );
        const whole = Array.from({ length: 40 }, () => simulator.next());
        const answers = await Promise.all(whole.map(({ id, body }) => again(() => post(app, id, body))));
        expect(answers.every(({ status }) => status === 200)).toBe(true);
        expect(new Set(await Promise.all(reads))).toEqual(new Set([200]));
        const acknowledged = (await Promise.all(cut)).filter((id) => id !== undefined);
        const ids = new Set((await listed(app)).map(({ id }) => id));
        for (const id of [...acknowledged, ...whole.map(({ id }) => id)]) expect(ids).toContain(id);
        for (const id of halves) expect(ids).not.toContain(id);
      }
      const stats = await json(app, "/api/stats");
      const rows = await listed(app);
      expect(rows).toHaveLength((stats["accepted"] as number) + (stats["quarantined"] as number));
    });

    it("log no cross-request promises, no hung requests and no personal data", () => {
      expect(app.output).toContain('"message":"message acknowledged"');
      for (const text of [
        secret.slice(6),
        adminToken,
        "linkedin.com",
        "hung",
        "different request",
        "I/O on behalf",
      ])
        expect(app.output).not.toContain(text);
      expect(app.output).not.toMatch(/[\w.]@\w+\.\w/);
    });
  });

  describe("settings", () => {
    const apps: WorkerProcess[] = [];
    afterEach(() => Promise.all(apps.splice(0).map((app) => app.cleanUp())));
    const start = async (...[bindings, folder]: ConstructorParameters<typeof WorkerProcess>) => {
      const app = new WorkerProcess(bindings, folder);
      apps.push(app);
      return app.start();
    };

    it.each([
      [{ SESSIONHOOK_SECRETS: undefined }, "SESSIONHOOK_SECRETS: must be set"],
      [{ SESSIONHOOK_ADMIN_TOKEN: undefined }, "SESSIONHOOK_ADMIN_TOKEN: must be set"],
      [{ SESSIONHOOK_SECRETS: "whsec_c2hvcnQ=" }, "SESSIONHOOK_SECRETS"],
      [{ SESSIONHOOK_MAX_BODY_BYTES: "1900001" }, "SESSIONHOOK_MAX_BODY_BYTES: must be 1900000 or less"],
      [{ SESSIONHOOK_STORE: "sqlite:./x.db" }, "SESSIONHOOK_STORE: must be d1:<binding>"],
      [{ SESSIONHOOK_STORE: "d1:OTHER" }, "OTHER: must be a D1 database"],
      [{ SESSIONHOOK_CONFIG: "x.json" }, "SESSIONHOOK_CONFIG"],
      [{ SESSIONHOOK_SECRET: secret }, "did you mean SESSIONHOOK_SECRETS"],
    ])("an invalid setting is answered with a problem that names it: %j", async (bindings, expected) => {
      const app = await start(bindings as Record<string, string | undefined>);
      for (const answer of [await post(app, "evt_1", "{}"), await fetch(`${app.origin}/healthz`)]) {
        const problem = (await answer.json()) as { code: string; detail: string };
        expect([answer.status, problem.code]).toEqual([500, "misconfigured"]);
        expect(problem.detail).toContain(expected);
        expect(problem.detail).not.toContain(secret.slice(6));
      }
      await expect.poll(() => app.output, { timeout: 30_000 }).toContain(expected);
    });

    it("a missing database is answered with a problem that names it", async () => {
      const app = new WorkerProcess();
      apps.push(app);
      await app.start({ database: false });
      const problem = (await (await fetch(`${app.origin}/`)).json()) as { detail: string };
      expect(problem.detail).toContain("DB: must be a D1 database");
    });

    it("variables can be numbers and booleans, and others are named", async () => {
      const app = await new WorkerProcess({
        SESSIONHOOK_MAX_BODY_BYTES: 1000,
        SESSIONHOOK_SECRETS: "whsec_c2hvcnQ=",
        SESSIONHOOK_ALLOW_SHORT_SECRETS: true,
      }).start();
      expect((await post(app, "evt_1", "a".repeat(1001))).status).toBe(413);
      await app.cleanUp();
      const wrong = await new WorkerProcess({ SESSIONHOOK_SECRETS: [secret], SESSIONHOOK_SHINY: 5 }).start();
      const answer = await post(wrong, "evt_1", "{}");
      expect([answer.status, await answer.text()]).toEqual([
        500,
        expect.stringContaining("SESSIONHOOK_SECRETS: must be a text, a number or a boolean"),
      ]);
      await wrong.cleanUp();
    });

    it("all events survive a restart, and their duplicates are detected", async () => {
      const folder = mkdtempSync(join(tmpdir(), "sessionhook-d1-"));
      try {
        const first = await start({}, folder);
        const { id, body } = simulator.next();
        expect(await (await post(first, id, body)).json()).toMatchObject({ id });
        await first.cleanUp();
        const second = await start({}, folder);
        expect(await (await post(second, id, body)).json()).toEqual({ status: "duplicate", id });
        expect(await (await fetch(`${second.origin}/api/events/${id}/raw`, { headers })).text()).toBe(body);
        await second.cleanUp();
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("the maximum body size accepts the largest body that fits into a D1 row", async () => {
      const app = await start({ SESSIONHOOK_MAX_BODY_BYTES: "1900000" });
      const body = '{"type":"large"}'.padEnd(1_900_000);
      expect((await post(app, "evt_large", body)).status).toBe(200);
      const raw = await fetch(`${app.origin}/api/events/evt_large/raw`, { headers });
      expect((await raw.text()) === body).toBe(true);
      expect((await post(app, "evt_larger", `${body} `)).status).toBe(413);
    });
  });
});
