import { describe, expect, it } from "vitest";
import { later, delivered } from "./support/scripted-destination.js";
import { World } from "./support/world.js";

describe("routing", () => {
  it("stores the decisions: wanted, not recorded, and recorded filter errors", async () => {
    const world = new World();
    world.destination("all");
    world.destination("large", { when: "company.employeeCount >= 50" });
    world.destination("people", { skip: ["no-person"] });
    world.destination("quarantine", { statuses: ["quarantined"] });
    const process = world.process();
    await process.start();
    await world.append(1, { companyEmployeeCount: 60 });
    await world.append(1, { companyEmployeeCount: 6 });
    await world.append(1, { personEmail: "ada@example.com" });
    await world.append(1, {}, { status: "quarantined" });
    process.wake();
    await world.clock.advance(2000);
    expect(await world.states("all")).toEqual({ delivered: 3 });
    expect(await world.states("large")).toEqual({ delivered: 1, skipped: 1 });
    expect(await world.states("people")).toEqual({ delivered: 1 });
    expect(await world.states("quarantine")).toEqual({ delivered: 1 });
    const [skipped] = (await world.store.list({ state: "skipped", limit: 2 })).deliveries;
    expect(skipped).toMatchObject({ eventId: "e3", reason: { code: "filter_error" } });
    await process.stop(1000);
  });

  it("gives a person one message within the cooldown", async () => {
    const world = new World();
    world.destination("sales", { cooldown: { per: "person", forMs: 60_000 } });
    const process = world.process();
    await process.start();
    await world.append(3, { personEmail: "ada@example.com" });
    await world.append(2, { personEmail: "bob@example.com" });
    process.wake();
    await world.clock.advance(1000);
    expect(await world.states("sales")).toEqual({ delivered: 2, skipped: 3 });
    await world.clock.advance(60_000);
    await world.append(1, { personEmail: "ada@example.com" });
    await world.clock.advance(2000);
    expect(await world.states("sales")).toEqual({ delivered: 3, skipped: 3 });
    await process.stop(1000);
  });

  it("routes an event once when two processes route, and never conflicts", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const processes = [world.process(), world.process()];
    await Promise.all(processes.map((process) => process.start()));
    for (let i = 0; i < 10; i++) {
      await world.append(25);
      for (const process of processes) process.wakeRouter();
      await world.clock.advance(7);
    }
    await world.append(1, { other: true }, { id: "e1" });
    await world.clock.advance(3000);
    expect(await world.states("crm")).toEqual({ delivered: 250 });
    expect(crm.delivered).toHaveLength(250);
    await Promise.all(processes.map((process) => process.stop(1000)));
  });

  it("routes an event whose facts cannot be derived", async () => {
    const world = new World();
    const crm = world.destination("crm");
    const process = world.process({
      factsOf: () => {
        throw new Error("no facts");
      },
    });
    await process.start();
    await world.append(1);
    process.wakeRouter();
    await world.clock.advance(100);
    expect(crm.delivered).toEqual(["e1"]);
    await process.stop(1000);
  });

  it("delivers events while a slow filter still decides about later ones", async () => {
    const world = new World();
    const crm = world.destination("crm");
    let slow = 0;
    const process = world.process({
      factsOf: () => {
        slow++;
        // 50 ms of work, as the clock sees it.
        world.clock.work(50);
        return {};
      },
    });
    await process.start();
    await world.append(20);
    process.wakeRouter();
    await world.clock.advance(1);
    expect(crm.delivered.length).toBeGreaterThan(0);
    await world.clock.advance(3000);
    expect([crm.delivered.length, slow]).toEqual([20, 20]);
    await process.stop(1000);
  });

  it.each([-3_600_000, 3_600_000])("routes on when the clock is set by %i ms", async (ms) => {
    const world = new World();
    const crm = world.destination("crm");
    const process = world.process();
    await process.start();
    await world.append(1);
    process.wakeRouter();
    await world.clock.advance(1500);
    expect(crm.delivered).toHaveLength(1);
    world.clock.set(ms);
    await world.append(1);
    process.wakeRouter();
    await world.clock.advance(1500);
    expect(crm.delivered).toHaveLength(2);
    await process.stop(1000);
  });

  it("does everything within a budget where nothing runs between calls", async () => {
    const world = new World();
    const crm = world.destination("crm", {}, () => later(world.clock, 100, delivered));
    const process = world.process();
    const run = async (budgetMs: number) => {
      const result = process.runOnce(budgetMs);
      await world.clock.advance(budgetMs + 100);
      return result;
    };
    expect(await run(1000)).toEqual({ attempts: 0, nextAt: null });
    await world.append(10);
    expect(await run(1000)).toEqual({ attempts: 10, nextAt: null });
    crm.script = () => ({ outcome: "retry", reason: { code: "x" } });
    await world.append(1);
    const started = world.clock.now();
    const { attempts, nextAt } = await run(1000);
    expect([attempts, (nextAt ?? 0) - started]).toEqual([1, 5000]);
    expect(world.clock.timers).toBe(0);
  });
});
