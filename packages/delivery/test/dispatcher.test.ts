import { describe, expect, it } from "vitest";
import { breakable } from "./support/breakable-store.js";
import { delivered, failing, later } from "./support/scripted-destination.js";
import { World } from "./support/world.js";

const second = 1000;
const minute = 60 * second;

describe("delivering", () => {
  it("delivers an event without waiting for a timer", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const process = world.process();
    await process.start();
    await world.clock.advance(0);
    const [id] = await world.append(1);
    process.wakeRouter();
    await world.clock.advance(0);
    expect(crm.delivered).toEqual([id]);
    await world.clock.advance(50);
    expect(await world.states("crm")).toEqual({ delivered: 1 });
    await process.stop(second);
    expect([crm.closed, world.clock.timers]).toEqual([true, 0]);
  });

  it("finds work without any wake", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const process = world.process();
    await process.start();
    await world.clock.advance(300);
    await world.append(3);
    await world.clock.advance(2 * second);
    expect(crm.delivered).toHaveLength(3);
    await process.stop(second);
  });

  it("follows the retry schedule, and ends as a dead letter", async () => {
    const world = new World();
    // Another event succeeds before every attempt: this destination works, only one event fails.
    const crm = world.destination(
      "crm",
      { retry: { scheduleMs: [5000, 60_000], maxAgeMs: 1e9 } },
      ({ event }) => (event.id === "e1" ? failing : delivered),
    );
    const process = world.process();
    await process.start();
    await world.append(1);
    const started = world.clock.now();
    process.wake();
    for (let i = 0; i < 70; i++) {
      await world.clock.advance(second);
      await world.append(1);
      process.wakeRouter();
    }
    const attempts = crm.sends.filter(({ eventIds }) => eventIds.includes("e1"));
    expect(attempts.map(({ at, attempt }) => [at - started, attempt])).toEqual([
      [0, 1],
      [5000, 2],
      [65_000, 3],
    ]);
    expect(await world.states("crm")).toMatchObject({ dead: 1 });
    const [dead] = (await world.store.list({ state: "dead", limit: 1 })).deliveries;
    expect(dead?.reason).toEqual({ code: "http_500", status: 500 });
    expect(await world.store.attempts(dead?.id ?? "")).toHaveLength(3);
    await process.stop(second);
  });

  it("stays within its concurrency, and claims a backlog in batches", async () => {
    const world = new World();
    const crm = world.destination("crm", { concurrency: 10 }, () => later(world.clock, 20, delivered));
    const claims: number[] = [];
    const store = new Proxy(world.store, {
      get: (target, key) =>
        key === "claim"
          ? async (query: Parameters<typeof world.store.claim>[0]) => {
              const found = await target.claim(query);
              claims.push(found.length);
              return found;
            }
          : (Reflect.get(target, key) as () => unknown).bind(target),
    });
    const process = world.process({ store });
    await process.start();
    await world.append(1000);
    process.wake();
    await world.clock.advance(3 * second);
    expect(crm.mostRunning).toBe(10);
    expect(await world.states("crm")).toEqual({ delivered: 1000 });
    expect(claims.filter((count) => count > 0).length).toBeLessThan(150);
    await process.stop(second);
  });

  it("stays within its rate", async () => {
    const world = new World();
    const crm = world.destination("crm", { rate: 20 });
    const process = world.process();
    await process.start();
    await world.append(200);
    process.wake();
    await world.clock.advance(5 * second);
    expect(crm.sends.length).toBeGreaterThan(95);
    expect(crm.sends.length).toBeLessThanOrEqual(102);
    await world.clock.advance(6 * second);
    expect(await world.states("crm")).toEqual({ delivered: 200 });
    await process.stop(second);
  });

  it("collects batches for a driver that takes them", async () => {
    const world = new World();
    const files = world.destination("files");
    Object.assign(files, { maxBatch: 100, lingerMs: 200 });
    const process = world.process();
    await process.start();
    await world.append(250);
    process.wake();
    await world.clock.advance(100);
    expect(files.sends.map(({ eventIds }) => eventIds.length)).toEqual([100, 100]);
    await world.clock.advance(200);
    expect(files.sends.map(({ eventIds }) => eventIds.length)).toEqual([100, 100, 50]);
    await process.stop(second);
  });

  it("gives the slot of a driver that never returns to others", async () => {
    const world = new World();
    const abandoned: string[] = [];
    const crm = world.destination("crm", { concurrency: 1, timeoutMs: second }, ({ event }) =>
      event.id === "e1" ? new Promise(() => {}) : delivered,
    );
    const process = world.process({ hooks: { onAbandoned: (name) => abandoned.push(name) } });
    await process.start();
    await world.append(5);
    process.wake();
    await world.clock.advance(4 * second);
    expect([crm.delivered, abandoned]).toEqual([["e2", "e3", "e4", "e5"], ["crm"]]);
    const [hanging] = (await world.store.list({ event: "e1", limit: 1 })).deliveries;
    expect(hanging).toMatchObject({ state: "waiting", attempts: 1, reason: { code: "timeout" } });
    await process.stop(second);
  });

  it("extends the lease of a long attempt", async () => {
    const world = new World();
    const crm = world.destination("crm", { timeoutMs: 10 * minute }, () =>
      later(world.clock, 5 * minute, delivered),
    );
    const [one, other] = [world.process(), world.process()];
    await one.start();
    await other.start();
    await world.append(1);
    one.wake();
    await world.clock.advance(6 * minute);
    expect(crm.sends).toHaveLength(1);
    expect(await world.states("crm")).toEqual({ delivered: 1 });
    await Promise.all([one.stop(second), other.stop(second)]);
  });

  it("attempts again what a killed process had claimed", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const process = world.process();
    const first = process.runOnce(100);
    await world.clock.advance(100);
    await first;
    await world.append(1);
    await world.planned("crm");
    await world.store.claim({
      destination: "crm",
      class: "new",
      limit: 1,
      leaseMs: minute,
      owner: "killed",
      now: world.clock.now(),
    });
    await process.start();
    await world.clock.advance(59 * second);
    expect(crm.sends).toEqual([]);
    await world.clock.advance(2 * second);
    expect(crm.sends).toMatchObject([{ eventIds: ["e1"], attempt: 2 }]);
    await process.stop(second);
  });

  it("attempts again at once what a process had claimed that has ended, and nothing of others", async () => {
    const world = new World();
    const crm = world.destination("crm");
    await world.process().runOnce(0);
    await world.append(2);
    await world.planned("crm");
    for (const owner of ["ended", "running"])
      await world.store.claim({
        destination: "crm",
        class: "new",
        limit: 1,
        leaseMs: minute,
        owner,
        now: world.clock.now(),
      });
    const forgotten: string[] = [];
    const endedOwners = () => [{ owner: "ended", forget: () => void forgotten.push("ended") }];
    const process = world.process({ presence: { owner: "next", endedOwners } });
    await process.start();
    await world.clock.advance(5 * second);
    expect(crm.sends).toMatchObject([{ eventIds: ["e1"], attempt: 2 }]);
    expect(forgotten).toEqual(["ended"]);
    await process.stop(second);
  });

  it("takes new events before retries 3:1, and replays only when neither is due", async () => {
    const world = new World();
    const order: string[] = [];
    const crm = world.destination("crm", { concurrency: 1 }, () => ({
      outcome: "retry",
      reason: { code: "x" },
      used: false,
      after: world.clock.now() + minute,
    }));
    const process = world.process();
    await process.start();
    await world.append(20);
    process.wake();
    await world.clock.advance(second);
    expect(crm.sends).toHaveLength(20);
    await process.stop(second);
    crm.script = ({ attempt, replay }) => {
      order.push(replay === null ? (attempt === 1 ? "new" : "retry") : "replay");
      return later(world.clock, 10, delivered);
    };
    await world.clock.advance(2 * minute);
    await world.append(30);
    const { id } = await world.store.createReplay(
      { destinations: ["crm"], kind: "all", events: ["e1", "e2"], rate: 100 },
      world.clock.now(),
    );
    await world.planned("crm");
    const next = world.process();
    await next.start();
    await world.clock.advance(3 * second);
    expect(order).toHaveLength(52);
    expect(order.slice(0, 20).filter((kind) => kind === "retry")).toHaveLength(5);
    expect(order.slice(-2)).toEqual(["replay", "replay"]);
    expect((await world.store.replay(id))?.state).toBe("done");
    await next.stop(second);
  });

  it("gives back what it has not sent when it stops, and waits for what it sends", async () => {
    const world = new World();
    const crm = world.destination("crm", { concurrency: 2 }, () => later(world.clock, second, delivered));
    const process = world.process();
    await process.start();
    await world.append(10);
    process.wake();
    await world.clock.advance(10);
    const stopped = process.stop(5 * second);
    await world.clock.advance(2 * second);
    await stopped;
    expect(crm.delivered).toHaveLength(2);
    expect(await world.states("crm")).toEqual({ delivered: 2, waiting: 8 });
    const { deliveries } = await world.store.list({ state: "waiting", limit: 10 });
    for (const { id } of deliveries) expect(await world.store.attempts(id)).toEqual([]);
    const next = world.process();
    await next.start();
    await world.clock.advance(10 * second);
    expect(await world.states("crm")).toEqual({ delivered: 10 });
    await next.stop(second);
  });

  it("aborts what does not end before the deadline of a stop", async () => {
    const world = new World();
    world.destination(
      "crm",
      {},
      (_, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    );
    const process = world.process();
    await process.start();
    await world.append(1);
    process.wake();
    await world.clock.advance(10);
    const stopped = process.stop(5 * second);
    await world.clock.advance(5 * second);
    await stopped;
    const [waiting] = (await world.store.list({ limit: 1 })).deliveries;
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1, reason: { code: "stopped" } });
  });

  it("continues after an outage of the store", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const { store, state } = breakable(world.store);
    const process = world.process({ store });
    await process.start();
    await world.append(5);
    process.wake();
    crm.script = () => later(world.clock, 100, delivered);
    await world.clock.advance(50);
    state.broken = true;
    await world.clock.advance(30 * second);
    await world.append(5);
    state.broken = false;
    await world.clock.advance(10 * second);
    expect(await world.states("crm")).toEqual({ delivered: 10 });
    expect(crm.sends).toHaveLength(10);
    await process.stop(second);
  });
});
