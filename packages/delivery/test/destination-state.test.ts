import type { Outcome } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { delivered, failing, later, type ScriptedDestination } from "./support/scripted-destination.js";
import { World } from "./support/world.js";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe("a destination that fails", () => {
  it("gets one probe after an outage with 10,000 due deliveries, then a ramp", async () => {
    const world = new World();
    const concurrency = 32;
    const crm = world.destination("crm", { concurrency }, () => later(world.clock, 10, failing));
    const process = world.process();
    await process.start();
    await world.append(10_000);
    process.wake();
    await world.clock.advance(second);
    expect(await world.status("crm")).toMatchObject({ status: "cooling" });
    // Four more begin before the fifth failure is known.
    const first = crm.sends.length;
    expect(first).toBeLessThanOrEqual(concurrency + 4);

    await world.clock.advance(hour);
    const probes = crm.sends.slice(first);
    // 30 s, 1, 2, 4, 8, then every 10 minutes.
    expect(probes.length).toBeGreaterThan(7);
    expect(probes.length).toBeLessThan(12);
    const gaps = probes.slice(1).map(({ at }, i) => at - (probes[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(30 * second);

    crm.script = () => later(world.clock, 10, delivered);
    const before = crm.sends.length;
    crm.mostRunning = 0;
    await world.clock.advance(11 * minute);
    const at = crm.sends.slice(before).map((send) => send.at);
    const rounds = new Map<number, number>();
    for (const time of at) rounds.set(time, (rounds.get(time) ?? 0) + 1);
    expect([...rounds.values()].slice(0, 6)).toEqual([1, 1, 2, 4, 8, 16]);
    expect(crm.mostRunning).toBe(concurrency);
    expect(new Set(crm.delivered).size).toBe(10_000);
    expect(await world.states("crm")).toEqual({ delivered: 10_000 });
    await process.stop(second);
  }, 120_000);

  it("gets one probe from two processes, and the deliveries of both once", async () => {
    const world = new World();
    const crm = world.destination("crm", { concurrency: 4 }, () => later(world.clock, 10, failing));
    const processes = [world.process(), world.process()];
    for (const process of processes) await process.start();
    await world.append(100);
    for (const process of processes) process.wake();
    await world.clock.advance(second);
    expect(crm.sends.length).toBeLessThanOrEqual(2 * (4 + 4));
    const before = crm.sends.length;
    await world.clock.advance(40 * second);
    expect(crm.sends.length - before).toBe(1);
    crm.script = () => later(world.clock, 10, delivered);
    await world.clock.advance(5 * minute);
    expect(await world.states("crm")).toEqual({ delivered: 100 });
    expect(crm.delivered).toHaveLength(100);
    for (const process of processes) await process.stop(second);
  });

  it("does not slow a healthy one", async () => {
    const world = new World();
    const good = world.destination("good");
    world.destination("hanging", { timeoutMs: 30 * second }, () => new Promise(() => {}));
    world.destination("bad", {}, () => failing);
    const process = world.process();
    await process.start();
    for (let i = 0; i < 50; i++) {
      await world.append(1);
      process.wakeRouter();
      await world.clock.advance(100);
      expect(good.delivered).toHaveLength(i + 1);
    }
    const stopped = process.stop(5 * second);
    await world.clock.advance(5 * second);
    await stopped;
  });

  it("is blocked at once, held without losses, and continues with resume", async () => {
    const world = new World();
    const crm = world.destination("crm", { concurrency: 1 }, () => ({
      outcome: "blocked",
      reason: { code: "http_401", status: 401 },
    }));
    const process = world.process();
    await process.start();
    await world.append(50);
    process.wake();
    await world.clock.jump(10 * 24 * hour);
    expect(await world.status("crm")).toMatchObject({
      status: "blocked",
      reason: { code: "http_401", status: 401 },
    });
    expect(await world.states("crm")).toEqual({ waiting: 50 });
    expect(crm.sends.length).toBeLessThan(75);
    crm.script = () => delivered;
    expect([await process.resume("crm"), await process.resume("unknown")]).toEqual([true, false]);
    await world.clock.advance(second);
    expect(await world.states("crm")).toEqual({ delivered: 50 });
    await process.stop(second);
  });

  it("is held by a pause that another process stores, within seconds", async () => {
    const world = new World();
    const crm = world.destination("crm", { concurrency: 1 }, () => later(world.clock, 100, delivered));
    const [process, api] = [world.process(), world.process()];
    await process.start();
    await world.append(100);
    process.wake();
    await world.clock.advance(second);
    await api.pause("crm");
    await world.clock.advance(1500);
    const sent = crm.sends.length;
    expect(sent).toBeLessThan(25);
    await world.clock.jump(20 * 24 * hour);
    expect(crm.sends).toHaveLength(sent);
    // Held for longer than the greatest age, and still not too old for a second attempt.
    crm.script = ({ attempt }) => (attempt > 1 || sent === 0 ? delivered : failing);
    await api.resume("crm");
    await world.clock.advance(hour);
    expect(await world.states("crm")).toEqual({ delivered: 100 });
    await process.stop(second);
  });

  it("is paced as a whole by 429, without using attempts", async () => {
    const world = new World();
    const crm = world.destination("crm", { concurrency: 4 }, () => ({
      outcome: "paced",
      reason: { code: "http_429", status: 429 },
      until: world.clock.now() + 20 * second,
    }));
    const process = world.process();
    await process.start();
    await world.append(20);
    process.wake();
    await world.clock.advance(5 * minute);
    expect(crm.sends.length).toBeLessThanOrEqual(4 + 14 * 4);
    expect(await world.status("crm")).toMatchObject({ status: "ready", failures: 0 });
    crm.script = () => delivered;
    await world.clock.advance(2 * minute);
    expect(await world.states("crm")).toEqual({ delivered: 20 });
    await process.stop(second);
  });

  it("gets everything when it is resumed although it asked for a pause of a day", async () => {
    const world = new World();
    const crm = world.destination("crm", { concurrency: 4 }, () => ({
      outcome: "paced",
      reason: { code: "http_429", status: 429 },
      until: world.clock.now() + 9 * 24 * hour,
    }));
    const process = world.process();
    await process.start();
    await world.append(20);
    process.wake();
    await world.clock.advance(5 * minute);
    expect(crm.sends).toHaveLength(4);
    crm.script = () => delivered;
    await process.resume("crm");
    await world.clock.advance(10 * second);
    expect(await world.states("crm")).toEqual({ delivered: 20 });
    await process.stop(second);
  });

  const gone: Outcome = { outcome: "blocked", reason: { code: "http_410", status: 410 } };

  it.each<[string, number, Partial<ScriptedDestination>]>([
    ["ten sends under way", 10, {}],
    ["a batch of ten", 1, { maxBatch: 100, lingerMs: 200 }],
  ])("is probed five minutes after it has blocked %s, then less often", async (_, concurrency, driver) => {
    const world = new World();
    const crm = world.destination("crm", { concurrency }, () => later(world.clock, 100, gone));
    Object.assign(crm, driver);
    const process = world.process();
    await process.start();
    await world.append(10);
    process.wake();
    await world.clock.advance(second);
    const first = crm.sends.length;
    expect(first).toBe(concurrency);
    const { since, probeAt, coolings } = await world.status("crm");
    expect([(probeAt ?? 0) - since, coolings]).toEqual([5 * minute, 1]);
    await world.clock.advance(36 * minute);
    const probes = crm.sends.slice(first).map(({ at }) => Math.round((at - since) / minute));
    expect(probes).toEqual([5, 15, 35]);
    await process.stop(second);
  });

  it("counts a failed batch as one failure", async () => {
    const world = new World();
    const files = world.destination("files", { concurrency: 1 }, ({ event }) => ({
      outcome: "retry",
      reason: { code: "http_500", excerpt: event.id },
    }));
    files.maxBatch = 20;
    const process = world.process();
    await process.start();
    await world.append(20);
    process.wake();
    await world.clock.advance(second);
    expect(files.sends).toHaveLength(1);
    expect(await world.status("files")).toMatchObject({ status: "ready", failures: 1, recent: "-" });
    await process.stop(second);
  });

  it("counts success and failure of one batch once each", async () => {
    const world = new World();
    const files = world.destination("files", { concurrency: 1 }, ({ event }) =>
      Number(event.id.slice(1)) % 2 === 0 ? failing : delivered,
    );
    files.maxBatch = 20;
    const process = world.process();
    await process.start();
    await world.append(20);
    process.wake();
    await world.clock.advance(2 * second);
    expect(await world.status("files")).toMatchObject({ status: "ready", failures: 1, recent: "+-" });
    expect(await world.states("files")).toEqual({ waiting: 10, delivered: 10 });
    await process.stop(second);
  });
});
