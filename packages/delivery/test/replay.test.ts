import type { ReplaySpec } from "@sessionhook/core";
import { describe, expect, it, vi } from "vitest";
import { log } from "../src/log.js";
import { delivered, later } from "./support/scripted-destination.js";
import { World } from "./support/world.js";

const second = 1000;
const everything: ReplaySpec = { destinations: ["crm"], kind: "all", rate: 1000 };

/** A world with delivered events. */
async function delivering(count: number, facts: object = {}) {
  const world = new World();
  const crm = world.destination("crm");
  const process = world.process();
  await process.start();
  await world.append(count, facts);
  process.wake();
  await world.clock.advance(2 * second);
  return { world, crm, process };
}

describe("a replay", () => {
  it("sends all events again, marked, as many as the dry run counted before", async () => {
    const { world, crm, process } = await delivering(300);
    const preview = await process.dryRun(everything);
    expect(preview).toMatchObject({ matched: 300, exact: true });
    expect(preview.samples).toHaveLength(10);
    expect(preview.samples[0]).toMatchObject({ eventId: "e1", destination: "crm" });
    const { id } = await world.store.createReplay(everything, world.clock.now());
    process.wake();
    await world.clock.advance(3 * second);
    expect(await world.store.replay(id)).toMatchObject({ state: "done", matched: 300 });
    expect(crm.sends.filter(({ replay }) => replay === id)).toHaveLength(300);
    await process.stop(second);
  });

  it("selects by type, status, time and expression", async () => {
    const { world, process } = await delivering(5, { companyEmployeeCount: 10 });
    const from = world.clock.now();
    await world.append(4, { companyEmployeeCount: 70 }, { type: "identity.validated" });
    await world.clock.advance(2 * second);
    const matched = async (spec: Partial<ReplaySpec>) =>
      (await process.dryRun({ ...everything, ...spec })).matched;
    expect(await matched({ from })).toBe(4);
    expect(await matched({ to: from })).toBe(5);
    expect(await matched({ type: "identity.validated" })).toBe(4);
    expect(await matched({ status: "quarantined" })).toBe(0);
    expect(await matched({ when: "company.employeeCount > 50" })).toBe(4);
    expect(await matched({ events: ["e1", "e9", "unknown"] })).toBe(2);
    expect(await matched({ kind: "missing" })).toBe(0);
    await expect(matched({ when: "company.emplyees > 50" })).rejects.toThrow(/emplyees/);
    await process.stop(second);
  });

  it("sends named events too to those destinations only whose filters they pass", async () => {
    const { world, process } = await delivering(0);
    await process.stop(second);
    world.destination("large", { when: "has(company.employeeCount) && company.employeeCount > 50" });
    world.destination("resolved", { types: ["identity.validated"] });
    const next = world.process();
    await next.start();
    await world.append(1, { companyEmployeeCount: 10 });
    await world.append(1, { companyEmployeeCount: 70 }, { status: "quarantined" });
    await world.append(1, { companyEmployeeCount: 70 });
    await world.clock.advance(2 * second);
    const destinations = ["crm", "large", "resolved"];
    const named = { ...everything, destinations, events: ["e1", "e2", "e3"] };
    const { samples } = await next.dryRun(named);
    expect(samples.map(({ eventId, destination }) => `${eventId} ${destination}`)).toEqual([
      "e1 crm",
      "e3 crm",
      "e3 large",
    ]);
    await next.stop(second);
  });

  it("sends dead letters and missing events", async () => {
    const { world, crm, process } = await delivering(10);
    crm.script = () => ({ outcome: "rejected", reason: { code: "http_422" } });
    await world.append(150);
    await world.clock.advance(3 * second);
    expect(await world.states("crm")).toEqual({ delivered: 10, dead: 150 });
    const failed: ReplaySpec = { ...everything, kind: "failed" };
    // A second dead letter of each event: it is still one delivery, over the pages of dead letters too.
    await world.store.createReplay({ ...failed, kind: "all" }, world.clock.now());
    process.wake();
    await world.clock.advance(4 * second);
    expect(await world.states("crm")).toEqual({ delivered: 10, dead: 310 });
    expect((await process.dryRun(failed)).matched).toBe(160);
    crm.script = () => delivered;
    await process.stop(second);

    world.destination("later", { types: ["identity.resolved"] });
    const next = world.process();
    await next.start();
    const missing: ReplaySpec = { ...everything, destinations: ["later"], kind: "missing" };
    expect([(await next.dryRun(failed)).matched, (await next.dryRun(missing)).matched]).toEqual([160, 160]);
    await world.store.createReplay(failed, world.clock.now());
    await world.store.createReplay(missing, world.clock.now());
    next.wake();
    await world.clock.advance(4 * second);
    expect(new Set(crm.delivered).size).toBe(160);
    expect(await world.states("later")).toEqual({ delivered: 160 });
    expect([(await next.dryRun(failed)).matched, (await next.dryRun(missing)).matched]).toEqual([0, 0]);
    await next.stop(second);
  });

  it("ends where the router was when it was started, and the dry run counts the same", async () => {
    const { world, crm, process } = await delivering(100);
    const all = { ...everything, rate: 20 };
    const { matched } = await process.dryRun(all);
    const { id } = await world.store.createReplay(all, world.clock.now());
    const [early = ""] = await world.append(1);
    process.wake();
    await world.clock.advance(2 * second);
    const [late = ""] = await world.append(1);
    await world.clock.advance(10 * second);
    expect(await world.store.replay(id)).toMatchObject({ state: "done", matched });
    const sent = crm.sends.flatMap(({ eventIds }) => eventIds);
    for (const each of [early, late]) expect(sent.filter((event) => event === each)).toHaveLength(1);
    expect((await process.dryRun(all)).matched).toBe(matched + 2);
    await process.stop(second);
  });

  it("of all events ends while more arrive than it sends", async () => {
    const { world, process } = await delivering(40);
    const { id } = await world.store.createReplay({ ...everything, rate: 10 }, world.clock.now());
    process.wake();
    for (let i = 0; i < 8; i++) {
      await world.append(20);
      await world.clock.advance(second);
    }
    expect(await world.store.replay(id)).toMatchObject({ state: "done", matched: 40 });
    await process.stop(second);
  });

  it("of missing events leaves new events to the router", async () => {
    const { world, crm, process } = await delivering(10);
    const missing: ReplaySpec = { ...everything, kind: "missing" };
    const ids = await world.append(300);
    expect((await process.dryRun(missing)).matched).toBe(0);
    const { id } = await world.store.createReplay(missing, world.clock.now());
    process.wake();
    await world.clock.advance(5 * second);
    expect(
      crm.sends
        .slice(10)
        .flatMap(({ eventIds }) => eventIds)
        .toSorted(),
    ).toEqual(ids.toSorted());
    expect(await world.store.replay(id)).toMatchObject({ state: "done", matched: 0 });
    await process.stop(second);
  });

  it("observes the cooldown of a destination, but not for dead letters", async () => {
    const { world, process } = await delivering(5, { personEmail: "jane@example.com" });
    await process.stop(second);
    const reject = () => ({ outcome: "rejected", reason: { code: "http_422" } }) as const;
    const slack = world.destination("slack", { cooldown: { per: "person", forMs: 86_400 * second } }, reject);
    const next = world.process();
    await next.start();
    const missing: ReplaySpec = { ...everything, destinations: ["slack"], kind: "missing" };
    const { id } = await world.store.createReplay(missing, world.clock.now());
    next.wake();
    await world.clock.advance(5 * second);
    expect(slack.sends).toHaveLength(1);
    const counts = { dead: 1, skipped: 4 };
    expect(await world.store.replay(id)).toMatchObject({ state: "done", matched: 5, counts });

    for (const { id: each } of (await world.store.list({ destination: "slack", limit: 10 })).deliveries)
      await world.store.requeue(each, world.clock.now());
    next.wake();
    await world.clock.advance(5 * second);
    expect(await world.states("slack")).toEqual({ dead: 5 });
    slack.script = () => delivered;
    await world.store.createReplay({ ...missing, kind: "failed" }, world.clock.now());
    next.wake();
    await world.clock.advance(5 * second);
    expect(slack.delivered).toHaveLength(5);
    await next.stop(second);
  });

  it("stays within its rate, continues after a kill, and is cancelled within a second", async () => {
    const { world, crm, process } = await delivering(500);
    const { id } = await world.store.createReplay({ ...everything, rate: 20 }, world.clock.now());
    const replayed = () => crm.sends.filter(({ replay }) => replay === id).length;
    process.wake();
    await world.clock.advance(5 * second);
    expect(replayed()).toBeGreaterThan(85);
    expect(replayed()).toBeLessThanOrEqual(101);
    // It creates deliveries shortly before they are due, not all at once.
    expect((await world.store.replay(id))?.matched).toBeLessThanOrEqual(101 + 20);
    world.kill(process);
    const next = world.process();
    await next.start();
    await world.clock.advance(5 * second);
    expect(replayed()).toBeGreaterThan(165);
    // What the killed process had planned ahead comes on top, once.
    expect(replayed()).toBeLessThanOrEqual(101 + 100 + 20);
    expect(await world.store.cancelReplay(id, world.clock.now())).toBe(true);
    await world.clock.advance(second);
    const sent = replayed();
    await world.clock.advance(10 * second);
    expect(replayed()).toBe(sent);
    expect(await world.store.replay(id)).toMatchObject({ state: "cancelled" });
    // The lease of what the killed process was sending ends first.
    await world.clock.advance(60 * second);
    expect(await world.states("crm")).not.toHaveProperty("waiting");
    await next.stop(second);
  });

  it("does not delay live events", async () => {
    const { world, crm, process } = await delivering(1000);
    await world.store.createReplay({ ...everything, rate: 1000 }, world.clock.now());
    crm.script = () => later(world.clock, 50, delivered);
    process.wake();
    await world.clock.advance(second);
    for (let i = 0; i < 20; i++) {
      const [id = ""] = await world.append(1);
      process.wakeRouter();
      // One round of what was under way, and its own.
      await world.clock.advance(250);
      expect(crm.delivered).toContain(id);
    }
    const stopped = process.stop(second);
    await world.clock.advance(second);
    await stopped;
  });

  it("leaves destinations alone that this process does not know", async () => {
    const { world, process } = await delivering(3);
    await world.store.register(["elsewhere"], world.clock.now());
    const { id } = await world.store.createReplay(
      { ...everything, destinations: ["elsewhere"] },
      world.clock.now(),
    );
    process.wake();
    await world.clock.advance(3 * second);
    expect(await world.store.replay(id)).toMatchObject({ state: "running", matched: 0 });
    await process.stop(second);
  });

  it("is not delayed by any number of replays whose destination was removed, which is logged once for each", async () => {
    const warning = vi.spyOn(log, "warning");
    const { world, process } = await delivering(3);
    await world.store.register(["removed"], world.clock.now());
    const { id } = await world.store.createReplay(everything, world.clock.now());
    const waits: ReplaySpec = { ...everything, destinations: ["crm", "removed"] };
    const waiting = [];
    for (let i = 0; i < 120; i++) waiting.push((await world.store.createReplay(waits, world.clock.now())).id);
    process.wake();
    await world.clock.advance(5 * second);
    expect(await world.store.replay(id)).toMatchObject({ state: "done", matched: 3 });
    const logged = warning.mock.calls.map((call: readonly unknown[]) => call[1]);
    expect(logged).toEqual(waiting.map((each) => ({ id: each, destination: "removed" })));
    warning.mockRestore();
    await process.stop(second);
  });

  it("that is cancelled is not sent by the next process when the one that sent it is killed", async () => {
    const { world, crm, process } = await delivering(5);
    crm.script = () => new Promise(() => {});
    const { id } = await world.store.createReplay(everything, world.clock.now());
    process.wake();
    await world.clock.advance(2 * second);
    expect(crm.sends.filter(({ replay }) => replay === id)).toHaveLength(4);
    world.kill(process);
    await world.store.cancelReplay(id, world.clock.now());
    expect((await world.store.replay(id))?.counts).toMatchObject({ waiting: 0, delivering: 5 });
    crm.script = () => delivered;
    const next = world.process();
    await next.start();
    await world.clock.advance(180 * second);
    expect(crm.sends.filter(({ replay }) => replay === id)).toHaveLength(4);
    expect(await world.states("crm")).toEqual({ delivered: 5 });
    expect(await world.store.replay(id)).toMatchObject({ state: "cancelled", counts: { delivering: 0 } });
    await next.stop(second);
  });
});
