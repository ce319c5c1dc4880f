import { describe, expect, it } from "vitest";
import { delivered } from "./support/scripted-destination.js";
import { World } from "./support/world.js";

const second = 1000;
const retry = { scheduleMs: [5000], maxAgeMs: 24 * 60 * 60 * second };
/** Three claims for each of the two attempts. */
const most = 6;

describe("a delivery that ends every process that sends it", () => {
  it("is given up after three claims for each attempt, and holds up no other", async () => {
    const world = new World();
    let current = world.process();
    const crm = world.destination("crm", { retry }, ({ event }) => {
      if (event.id !== "e1") return delivered;
      world.kill(current);
      return new Promise(() => {});
    });
    const states: unknown[] = [];
    for (let life = 0; life <= most; life++) {
      current = world.process();
      await current.start();
      await world.append(1);
      current.wake();
      await world.clock.advance(63 * second);
      states.push((await world.store.list({ event: "e1", limit: 1 })).deliveries[0]?.state);
    }
    const poisonous = crm.sends.filter(({ eventIds }) => eventIds.includes("e1"));
    expect(poisonous.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(states).toEqual([...Array.from({ length: most }, () => "delivering"), "dead"]);
    const [dead] = (await world.store.list({ event: "e1", limit: 1 })).deliveries;
    expect(dead).toMatchObject({ attempts: most + 1, reason: { code: "lease_ended" } });
    await world.clock.advance(63 * second);
    expect(await world.states("crm")).toEqual({ delivered: most, dead: 1 });
    expect(await world.status("crm")).toMatchObject({ status: "ready", failures: 0 });
    await current.stop(second);
  });

  it("gets as many claims again when it is requeued", async () => {
    const world = new World();
    const crm = world.destination("crm", { retry });
    const process = world.process();
    await process.runOnce(1);
    await world.append(1);
    await world.planned("crm");
    const query = { destination: "crm", limit: 1, leaseMs: 1, owner: "killed" } as const;
    for (let claims = 0; claims < most; claims++) {
      const now = world.clock.now();
      const kind = claims === 0 ? "new" : "retry";
      expect(await world.store.claim({ ...query, class: kind, now })).toHaveLength(1);
      await world.clock.advance(10);
    }
    await process.start();
    await world.clock.advance(2 * second);
    expect([crm.sends.length, await world.states("crm")]).toEqual([0, { dead: 1 }]);
    const [dead] = (await world.store.list({ limit: 1 })).deliveries;
    expect(await world.store.attempts(dead?.id ?? "")).toMatchObject([
      { number: most + 1, outcome: "retry", reason: { code: "lease_ended" } },
    ]);
    await world.store.requeue(dead?.id ?? "", world.clock.now());
    await world.clock.advance(2 * second);
    expect(await world.states("crm")).toEqual({ delivered: 1 });
    await process.stop(second);
  });
});

describe("a delivery that has its maximum age when its destination answers again", () => {
  it("is a dead letter without another attempt if it has failed before, and holds up no newer one", async () => {
    const world = new World();
    let down = true;
    const crm = world.destination("crm", { retry: { scheduleMs: [100], maxAgeMs: 5 * second } }, () =>
      down ? { outcome: "retry", reason: { code: "http_500" } } : delivered,
    );
    const process = world.process();
    await process.start();
    await world.append(300);
    process.wake();
    await world.clock.advance(60 * second);
    expect((await world.status("crm"))?.status).toBe("cooling");
    down = false;
    const failed = new Set(crm.sends.flatMap(({ eventIds }) => eventIds));
    expect(failed.size).toBeGreaterThan(5);
    const sends = crm.sends.length;
    await world.append(1);
    process.wake();
    await world.clock.advance(600 * second);
    // Every event gets an attempt.
    expect(await world.states("crm")).toEqual({ delivered: 301 - failed.size, dead: failed.size });
    const later = crm.sends.slice(sends).flatMap(({ eventIds }) => eventIds);
    expect(later.filter((id) => failed.has(id))).toEqual([]);
    const dead = (await world.store.list({ state: "dead", limit: 500 })).deliveries;
    expect([...new Set(dead.map(({ reason }) => reason?.code))].toSorted()).toEqual(["expired", "http_500"]);
    await process.stop(second);
  });
});
