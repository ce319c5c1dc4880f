import type { DeliveryStore } from "@sessionhook/core";
import { createMemoryDeliveryStore, createMemoryStore } from "@sessionhook/stores/memory";
import { expect, it } from "vitest";
import { World } from "./support/world.js";

/** A world of which `derive` writes the derived tables; it returns true if events are left. */
function worldWith(derive: (limit: number) => boolean): World {
  const eventLog = createMemoryStore();
  const store: DeliveryStore = createMemoryDeliveryStore(eventLog);
  store.deriveRouted = async (limit) => derive(limit);
  return new World(eventLog, store);
}

it("derives many events at once, a tenth of a second after the first", async () => {
  const times: number[] = [];
  const world = worldWith(() => times.push(world.clock.now()) < 0);
  const process = world.process();
  await process.start();
  await world.clock.advance(50);
  const [before, start] = [times.length, world.clock.now()];
  for (let i = 0; i < 9; i++) {
    await world.append(1);
    process.wakeRouter();
    await world.clock.advance(5);
  }
  expect(times).toHaveLength(before);
  await world.clock.advance(200);
  expect(times).toHaveLength(before + 1);
  expect(times.at(-1)).toBeLessThanOrEqual(start + 120);
  await process.stop(1000);
});

it("leaves to a running process what that one routes, but for one step a second", async () => {
  const times: number[] = [];
  let busy = false;
  const world = worldWith(() => times.push(world.clock.now()) > 0 && busy);
  const process = world.process();
  await process.start();
  await world.clock.advance(100);
  busy = true;
  const before = times.length;
  await world.clock.advance(10_000);
  expect(times.length - before).toBeLessThanOrEqual(11);
  expect(times.length - before).toBeGreaterThanOrEqual(9);
  busy = false;
  await process.stop(1000);
});

it("derives at once what another process has left, and when it stops", async () => {
  let left = 25;
  const world = worldWith((limit) => (left = Math.max(0, left - limit)) > 0);
  const process = world.process();
  await process.start();
  await world.clock.advance(100);
  expect(left).toBe(0);
  left = 3;
  await process.stop(1000);
  expect(left).toBe(0);
});

it("routes no more than can be derived soon", async () => {
  let [routed, derived, most] = [0, 0, 0];
  const world = worldWith(() => false);
  world.store.deriveRouted = async (limit) => {
    await new Promise<void>((resolve) => void world.clock.after(10, resolve));
    most = Math.max(most, routed - derived);
    derived = Math.min(routed, derived + limit);
    return derived < routed;
  };
  const process = world.process({ hooks: { onRouted: (events) => void (routed += events) } });
  await process.start();
  await world.append(3000);
  process.wakeRouter();
  await world.clock.advance(10_000);
  expect([routed, derived]).toEqual([3000, 3000]);
  expect(most).toBeGreaterThan(400);
  expect(most).toBeLessThanOrEqual(900);
  const stopped = process.stop(1000);
  await world.clock.advance(20);
  await stopped;
});

it.each([
  [true, 0],
  [false, 1],
])("takes longer steps while no messages arrive: %s", async (quiet, perMs) => {
  const steps: number[] = [];
  const world = worldWith(() => false);
  world.store.deriveRouted = async (limit) => {
    await new Promise<void>((resolve) => void world.clock.after(limit / 10, resolve));
    steps.push(limit);
    return steps.length < 40;
  };
  const arrived = () => world.clock.now() * perMs;
  const process = world.process({ pace: { arrived, share: 1 / 2, blocks: "transactions" } });
  await process.start();
  await world.clock.advance(10_000);
  expect(Math.max(...steps)).toBe(quiet ? 400 : 100);
  const stopped = process.stop(1000);
  await world.clock.advance(100);
  await stopped;
});

it("delivers while the derived tables cannot be written, and derives when they can", async () => {
  let [calls, works] = [0, false];
  const world = worldWith(() => {
    calls++;
    if (!works) throw new Error("The tables are damaged");
    return false;
  });
  world.destination("crm");
  const process = world.process();
  await process.start();
  for (let i = 0; i < 20; i++) {
    await world.append(3);
    process.wakeRouter();
    await world.clock.advance(100);
  }
  expect(await world.states("crm")).toEqual({ delivered: 60 });
  expect(calls).toBeLessThan(10);
  works = true;
  await world.clock.advance(5000);
  const before = calls;
  await world.append(3);
  process.wakeRouter();
  await world.clock.advance(150);
  expect(calls).toBe(before + 1);
  await process.stop(1000);
});

it("routes at once when the derived tables can be written again, though many events are not derived", async () => {
  let [routed, derived, works] = [0, 0, false];
  const world = worldWith(() => false);
  world.store.deriveRouted = async (limit) => {
    if (!works) throw new Error("The disk is full");
    await new Promise<void>((resolve) => void world.clock.after(10, resolve));
    derived = Math.min(routed, derived + limit);
    return derived < routed;
  };
  const process = world.process({ hooks: { onRouted: (events) => void (routed += events) } });
  await process.start();
  await world.append(5000);
  process.wakeRouter();
  await world.clock.advance(10_000);
  expect(routed).toBe(5000);
  works = true;
  const failing = () => derived === 0;
  while (failing()) await world.clock.advance(10);
  await world.append(20);
  process.wakeRouter();
  await world.clock.advance(100);
  expect(routed).toBe(5020);
  expect(derived).toBeLessThan(4000);
  await world.clock.advance(10_000);
  expect(derived).toBe(5020);
  works = false;
  const stopped = process.stop(1000);
  await world.clock.advance(20);
  await stopped;
});

it("runs once also where the derived tables cannot be written", async () => {
  const world = worldWith(() => {
    throw new Error("The disk is full");
  });
  world.destination("crm");
  const process = world.process();
  for (const events of [0, 3]) {
    await world.append(events);
    const run = process.runOnce(1000);
    await world.clock.advance(1000);
    await run;
  }
  expect(await world.states("crm")).toEqual({ delivered: 3 });
});
