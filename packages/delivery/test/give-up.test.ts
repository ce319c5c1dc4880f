import { describe, expect, it } from "vitest";
import { delivered, failing, later, type Script } from "./support/scripted-destination.js";
import { World } from "./support/world.js";

const second = 1000;
const retry = { scheduleMs: [5000], maxAgeMs: 24 * 60 * 60 * second };
/** Claims after which a delivery is sent alone. */
const most = 10;

describe("a delivery that ends every process that sends it", () => {
  it("is given up after it was sent alone, and holds up no other", async () => {
    const world = new World();
    let current = world.process();
    const crm = world.destination("crm", { retry }, ({ event }) => {
      if (event.id !== "e1") return delivered;
      world.kill(current);
      return new Promise(() => {});
    });
    const states: unknown[] = [];
    for (let life = 0; life <= most + 1; life++) {
      current = world.process();
      await current.start();
      await world.append(1);
      current.wake();
      await world.clock.advance(63 * second);
      states.push((await world.store.list({ event: "e1", limit: 1 })).deliveries[0]?.state);
    }
    const poisonous = crm.sends.filter(({ eventIds }) => eventIds.includes("e1"));
    expect(poisonous).toHaveLength(most + 1);
    expect(states).toEqual([...Array.from({ length: most + 1 }, () => "delivering"), "dead"]);
    const [dead] = (await world.store.list({ event: "e1", limit: 1 })).deliveries;
    expect(dead?.reason).toEqual({ code: "lease_ended" });
    const attempts = await world.store.attempts(dead?.id ?? "");
    expect(attempts.map(({ reason }) => reason?.code)).toEqual(["sent_alone", "lease_ended"]);
    await world.clock.advance(63 * second);
    expect(await world.states("crm")).toEqual({ delivered: most + 1, dead: 1 });
    expect(await world.status("crm")).toMatchObject({ status: "ready", failures: 0 });
    await current.stop(second);
  });

  it.each(["first", "last"])(
    "ends no delivery of another destination; it is configured %s",
    async (place) => {
      const world = new World();
      let current = world.process();
      const ends: Script = () => {
        world.kill(current);
        return new Promise(() => {});
      };
      const none = { scheduleMs: [], maxAgeMs: retry.maxAgeMs };
      if (place === "first") world.destination("code", { retry }, ends);
      world.destination("good", { retry: none }, () => later(world.clock, 50, delivered));
      world.destination("slow", { retry: none }, () => later(world.clock, 50, failing));
      if (place === "last") world.destination("code", { retry }, ends);
      await world.process().runOnce(1);
      await world.append(3);
      const lives = 2 * most + 10;
      for (let life = 0; life < lives; life++) {
        current = world.process();
        await current.start();
        await world.clock.advance(63 * second);
      }
      expect(await world.states("code")).toEqual({ dead: 3 });
      expect(await world.states("good")).toEqual({ delivered: 3 });
      // One attempt with an outcome each: their schedule has no other.
      expect(await world.states("slow")).toEqual({ dead: 3 });
      const dead = (await world.store.list({ destination: "slow", limit: 3 })).deliveries;
      expect(dead.map(({ reason }) => reason?.code)).toEqual(["http_500", "http_500", "http_500"]);
      await current.stop(second);
    },
  );

  it("is not suspected because the process was killed some times for another reason", async () => {
    const world = new World();
    const crm = world.destination("crm", { retry: { scheduleMs: [], maxAgeMs: retry.maxAgeMs } });
    const process = world.process();
    await process.runOnce(1);
    await world.append(1);
    await world.planned("crm");
    const query = { destination: "crm", limit: 1, leaseMs: 1, owner: "killed" } as const;
    for (let claims = 0; claims < most - 1; claims++) {
      await world.store.claim({ ...query, class: claims === 0 ? "new" : "retry", now: world.clock.now() });
      await world.clock.advance(10);
    }
    await process.start();
    await world.clock.advance(2 * second);
    expect([crm.sends.length, await world.states("crm")]).toEqual([1, { delivered: 1 }]);
    await process.stop(second);
  });

  it("is sent alone: nothing else is under way", async () => {
    const world = new World();
    const running: string[] = [];
    const beside: string[] = [];
    const track =
      (name: string, ms: number): Script =>
      async ({ event }) => {
        const own = `${name} ${event.id}`;
        running.push(own);
        if (running.includes("crm e1")) beside.push(...running);
        const outcome = await later(world.clock, ms, delivered);
        running.splice(running.indexOf(own), 1);
        return outcome;
      };
    world.destination("crm", { retry }, track("crm", 500));
    world.destination("busy", { retry }, track("busy", 300));
    const process = world.process();
    await process.runOnce(1);
    await world.append(1);
    await world.planned("crm");
    const query = { destination: "crm", limit: 1, leaseMs: 1, owner: "killed" } as const;
    for (let claims = 0; claims < most; claims++) {
      await world.store.claim({ ...query, class: claims === 0 ? "new" : "retry", now: world.clock.now() });
      await world.clock.advance(10);
    }
    await world.append(20);
    await process.start();
    process.wake();
    await world.clock.advance(20 * second);
    expect(beside).toEqual(["crm e1"]);
    expect(await world.states("crm")).toEqual({ delivered: 21 });
    expect(await world.states("busy")).toEqual({ delivered: 20 });
    await process.stop(second);
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
    let ending = true;
    const ended = world.process();
    crm.script = () => {
      if (ending) world.kill(ended);
      return ending ? new Promise(() => {}) : delivered;
    };
    await ended.start();
    await world.clock.advance(2 * second);
    ending = false;
    await process.start();
    await world.clock.advance(62 * second);
    expect([crm.sends.length, await world.states("crm")]).toEqual([1, { dead: 1 }]);
    const [dead] = (await world.store.list({ limit: 1 })).deliveries;
    expect(await world.store.attempts(dead?.id ?? "")).toMatchObject([
      { outcome: "retry", reason: { code: "sent_alone" } },
      { outcome: "retry", reason: { code: "lease_ended" } },
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
