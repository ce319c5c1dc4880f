import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configure, reset } from "@logtape/logtape";
import { openSqliteDeliveryStore, openSqliteStore } from "@sessionhook/stores/sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { World } from "./support/world.js";

const second = 1000;
const day = 24 * 60 * 60 * second;
const retention = { eventsMs: 7 * day, historyMs: 10 * day };

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Records the lines of the log from now on until the end of the test, each with its properties. */
async function recordLog(): Promise<(readonly [string, unknown])[]> {
  const lines: (readonly [string, unknown])[] = [];
  await configure({
    sinks: { lines: ({ rawMessage, properties }) => void lines.push([String(rawMessage), properties]) },
    loggers: [
      { category: "sessionhook", sinks: ["lines"] },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  });
  cleanups.push(() => reset());
  return lines;
}

async function inSqlite(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "sessionhook-retention-"));
  const path = join(folder, "events.db");
  const [events, deliveries] = [await openSqliteStore({ path }), await openSqliteDeliveryStore({ path })];
  cleanups.push(
    () => deliveries.close(),
    () => events.close(),
    () => rmSync(folder, { recursive: true }),
  );
  return new World(events, deliveries);
}

describe.each<[string, () => Promise<World>]>([
  ["memory", async () => new World()],
  ["SQLite", inSqlite],
])("retention in %s", (_, make) => {
  it(
    "removes finished events, then their history, and knows their ids for 30 more days",
    { timeout: 60_000 },
    async () => {
      const world = await make();
      const crm = world.destination("crm");
      const process = world.process({ retention });
      await process.start();
      await world.append(500);
      process.wake();
      await world.clock.advance(10 * second);
      expect(await world.states("crm")).toEqual({ delivered: 500 });
      await world.clock.jump(6 * day);
      expect(await world.eventLog.get("e1")).toBeDefined();
      const [young] = await world.append(1);
      const logged = await recordLog();
      await world.clock.jump(1.5 * day);
      expect(logged).toEqual([["old data deleted", { events: 500, deliveries: 0 }]]);
      expect((await world.eventLog.list({ limit: 10 })).events.map(({ id }) => id)).toEqual([young]);
      expect(await world.states("crm")).toEqual({ delivered: 501 });

      await world.clock.jump(4 * day);
      expect(await world.states("crm")).toEqual({ delivered: 1 });
      expect((await world.store.list({ event: "e1", limit: 1 })).deliveries).toEqual([]);

      // Duplicates are counted, and nothing is sent again.
      await world.clock.jump(25 * day);
      expect(await world.repeat("e1")).toBe("duplicate");
      await world.clock.jump(2 * day);
      expect(await world.repeat("e500")).toBe("stored");
      await world.clock.advance(10 * second);
      expect(crm.sends).toHaveLength(502);
      await process.stop(second);
    },
  );

  it("never removes an event that a destination has not got, however old", { timeout: 60_000 }, async () => {
    const world = await make();
    const crm = world.destination("crm");
    const held = world.destination("held", { types: ["identity.validated"] }, () => ({
      outcome: "blocked",
      reason: { code: "http_410", status: 410 },
    }));
    const process = world.process({ retention });
    await process.start();
    const open = await world.append(3, {}, { type: "identity.validated" });
    await world.append(3);
    await world.clock.jump(20 * day);
    // The newest event of the log remains too.
    const there = async () => (await world.eventLog.list({ limit: 10 })).events.map(({ id }) => id).sort();
    expect(await there()).toEqual([...open, "e6"]);
    // The history of the other destination is gone, and is not missing.
    expect(await world.states("crm")).toEqual({});
    const missing = { destinations: ["crm", "held"], kind: "missing", rate: 1000 } as const;
    expect(await process.dryRun(missing)).toMatchObject({ matched: 0 });

    held.script = () => ({ outcome: "delivered" });
    await process.resume("held");
    await world.clock.advance(10 * second);
    expect([held.delivered.toSorted(), crm.delivered]).toEqual([
      open,
      expect.objectContaining({ length: 6 }),
    ]);
    await world.clock.jump(day);
    expect(await there()).toEqual(["e6"]);
    await process.stop(second);
  });

  it("never removes an event that is not routed", { timeout: 60_000 }, async () => {
    const world = await make();
    const crm = world.destination("crm");
    const store = new Proxy(world.store, {
      get: (target, key) =>
        key === "plan"
          ? () => Promise.reject(new Error("not now"))
          : (Reflect.get(target, key) as () => unknown).bind(target),
    });
    const process = world.process({ retention, store });
    await process.start();
    await world.append(5);
    await world.clock.jump(9 * day);
    await process.stop(second);
    expect(crm.sends).toEqual([]);
    const next = world.process({ retention });
    await next.start();
    await world.clock.advance(10 * second);
    expect(crm.delivered).toHaveLength(5);
    await next.stop(second);
  });
});
