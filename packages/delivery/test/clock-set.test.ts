import { describe, expect, it } from "vitest";
import { breakable } from "./support/breakable-store.js";
import { delivered, failing, later, type ScriptedDestination } from "./support/scripted-destination.js";
import { type Process, World } from "./support/world.js";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const shifts = [
  ["back by 5 minutes", -5 * minute],
  ["back by an hour", -hour],
  ["forward by an hour", hour],
] as const;

const kinds: readonly (readonly [string, object, Partial<ScriptedDestination>])[] = [
  ["a plain destination", {}, {}],
  ["a destination with a rate", { rate: 5 }, {}],
  ["a destination with batches", {}, { maxBatch: 100, lingerMs: 200 }],
];

/** One event a second. */
async function traffic(world: World, process: Process, seconds: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < seconds; i++) {
    ids.push(...(await world.append(1)));
    process.wakeRouter();
    await world.clock.advance(second);
  }
  return ids;
}

async function stop(world: World, ...processes: readonly Process[]): Promise<void> {
  const stopped = processes.map((process) => process.stop(second));
  await world.clock.advance(2 * second);
  await Promise.all(stopped);
}

describe.each(shifts)("when the time of day is set %s", (_, ms) => {
  it.each(kinds)("%s gets every event once", async (_, options, driver) => {
    const world = new World();
    const crm = world.destination("crm", options, () => later(world.clock, 300, delivered));
    Object.assign(crm, driver);
    const processes = [world.process(), world.process()] as const;
    for (const process of processes) await process.start();
    const ids = await traffic(world, processes[0], 10);
    ids.push(...(await world.append(40)));
    processes[0].wakeRouter();
    await world.clock.advance(100);
    world.clock.set(ms);
    ids.push(...(await traffic(world, processes[0], 300)));
    expect([...crm.delivered].sort()).toEqual([...ids].sort());
    expect(await world.states("crm")).toEqual({ delivered: ids.length });
    await stop(world, ...processes);
  });

  it("a long send is not repeated", async () => {
    const world = new World();
    const crm = world.destination("crm", { timeoutMs: 10 * minute, concurrency: 2 }, () =>
      later(world.clock, 5 * minute, delivered),
    );
    const processes = [world.process(), world.process(), world.process()] as const;
    // The process that sends is the last one that notices the other time of day.
    for (const process of processes) {
      await process.start();
      if (process === processes[0]) await world.append(1);
      processes[0].wakeRouter();
      await world.clock.advance(300);
    }
    await world.clock.advance(4200);
    world.clock.set(ms);
    await world.clock.advance(6 * minute);
    expect(crm.sends).toHaveLength(1);
    expect(await world.states("crm")).toEqual({ delivered: 1 });
    expect(
      await world.store.attempts((await world.store.list({ limit: 1 })).deliveries[0]?.id ?? ""),
    ).toMatchObject([{ durationMs: 5 * minute }]);
    await stop(world, ...processes);
  });

  it("a pause that another process stores takes effect within two seconds", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const [process, api] = [world.process(), world.process()];
    await process.start();
    await traffic(world, process, 3);
    world.clock.set(ms);
    await api.pause("crm");
    await world.clock.advance(2 * second);
    await traffic(world, process, 60);
    expect(crm.delivered).toHaveLength(3);
    await api.resume("crm");
    await world.clock.advance(2 * second);
    expect(crm.delivered).toHaveLength(63);
    await stop(world, process);
  });

  it("what a process that is killed then was sending is sent once its leases end", async () => {
    const world = new World();
    const crm = world.destination("crm", {}, () => new Promise(() => {}));
    const [killed, next] = [world.process(), world.process()];
    await killed.start();
    await world.append(3);
    killed.wakeRouter();
    await world.clock.advance(second);
    world.clock.set(ms);
    await world.clock.advance(2 * second);
    world.kill(killed);
    crm.script = () => delivered;
    await next.start();
    await world.clock.advance(50 * second);
    expect(crm.delivered).toEqual([]);
    await world.clock.advance(13 * second);
    expect(crm.delivered).toHaveLength(3);
    await stop(world, next);
  });

  it("a replay continues at its rate", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const process = world.process();
    await process.start();
    await world.append(500);
    process.wakeRouter();
    await world.clock.advance(2 * second);
    await world.store.createReplay({ destinations: ["crm"], kind: "all", rate: 10 }, world.clock.now());
    process.wake();
    await world.clock.advance(5 * second);
    const before = crm.sends.length;
    world.clock.set(ms);
    await world.clock.advance(10 * second);
    expect(crm.sends.length - before).toBeGreaterThan(75);
    expect(crm.sends.length - before).toBeLessThanOrEqual(115);
    await stop(world, process);
  });

  it("an outage of the store ends as soon as before", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const { store, state } = breakable(world.store);
    const process = world.process({ store });
    await process.start();
    await traffic(world, process, 3);
    state.broken = true;
    await world.clock.advance(30 * second);
    world.clock.set(ms);
    state.broken = false;
    await world.clock.advance(6 * second);
    await traffic(world, process, 10);
    await world.clock.advance(second);
    expect(crm.delivered).toHaveLength(13);
    await stop(world, process);
  });

  it("a destination that cools, or asked for a pause, gets events no later", async () => {
    const world = new World();
    const slow = world.destination("slow", {}, () => ({
      outcome: "paced",
      reason: { code: "http_429", status: 429 },
      until: world.clock.now() + 20 * second,
    }));
    const broken = world.destination(
      "broken",
      { retry: { scheduleMs: [second], maxAgeMs: 1e9 } },
      () => failing,
    );
    const processes = [world.process(), world.process()] as const;
    for (const process of processes) await process.start();
    await world.append(10);
    processes[0].wakeRouter();
    await world.clock.advance(2 * second);
    expect(await world.status("broken")).toMatchObject({ status: "cooling" });
    slow.script = broken.script = () => delivered;
    world.clock.set(ms);
    await world.clock.advance(second);
    await world.append(1);
    processes[0].wakeRouter();
    await world.clock.advance(40 * second);
    expect(slow.delivered).toContain("e11");
    expect(broken.delivered).toContain("e11");
    await stop(world, ...processes);
  });

  it("the new events of a destination that cools are sent, although no other follows", async () => {
    const world = new World();
    const crm = world.destination("crm", {}, () => failing);
    const process = world.process();
    await process.start();
    await world.append(30);
    process.wakeRouter();
    await world.clock.advance(2 * second);
    const { deliveries } = await world.store.list({ limit: 100 });
    const fresh = deliveries.filter(({ attempts }) => attempts === 0);
    expect(fresh.length).toBeGreaterThan(10);
    expect(await world.status("crm")).toMatchObject({ status: "cooling" });
    crm.script = () => delivered;
    world.clock.set(ms);
    await world.clock.advance(minute);
    expect(crm.delivered).toEqual(expect.arrayContaining(fresh.map(({ eventId }) => eventId)));
    await stop(world, process);
  });

  it("the first run within a budget after it sends the new events", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const process = world.process();
    const run = async () => {
      const result = process.runOnce(5 * second);
      await world.clock.advance(6 * second);
      return result;
    };
    await run();
    await world.append(3);
    await world.planned("crm");
    world.clock.set(ms);
    await world.append(2);
    expect(await run()).toMatchObject({ attempts: 5 });
    expect(new Set(crm.delivered).size).toBe(5);
  });
});

it("new events whose due time is an hour ahead are sent by a process that starts then", async () => {
  const world = new World();
  const crm = world.destination("crm");
  await world.process().runOnce(0);
  await world.append(250);
  await world.planned("crm");
  world.clock.set(-hour);
  const process = world.process();
  await process.start();
  await world.clock.advance(5 * second);
  expect(await world.states("crm")).toEqual({ delivered: 250 });
  expect(crm.sends).toHaveLength(250);
  await stop(world, process);
});

it("a send is not repeated when the time of day is set forward just before a claim", async () => {
  const world = new World();
  const crm = world.destination("crm", {}, () => later(world.clock, 10 * second, delivered));
  let armed = false;
  const store = new Proxy(world.store, {
    get: (target, key) =>
      key === "nextDueAt"
        ? async (names: readonly string[]) => {
            if (armed) world.clock.set(hour);
            armed = false;
            return target.nextDueAt(names);
          }
        : (Reflect.get(target, key) as () => unknown).bind(target),
  });
  const process = world.process({ store });
  await process.start();
  await world.append(1);
  process.wakeRouter();
  await world.clock.advance(second);
  armed = true;
  await traffic(world, process, 5);
  await world.clock.advance(minute);
  expect(crm.sends).toHaveLength(6);
  expect(await world.states("crm")).toEqual({ delivered: 6 });
  await stop(world, process);
});
