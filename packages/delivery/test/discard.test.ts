import { describe, expect, it } from "vitest";
import { failing } from "./support/scripted-destination.js";
import { World } from "./support/world.js";

const second = 1000;

describe("the deliveries to a destination that was removed for good", () => {
  it("become dead letters, whenever they are due, and let their events be deleted", async () => {
    const world = new World();
    world.destination("crm", {}, () => failing);
    const before = world.process();
    await before.start();
    await world.append(250);
    before.wake();
    await world.clock.advance(2 * second);
    await before.stop(second);
    expect((await world.states("crm")).waiting).toBe(250);
    const control = world.process();
    expect(await control.discard("unknown")).toBe(false);
    expect(await control.discard("crm")).toBe(true);
    expect(await world.states("crm")).toEqual({ dead: 250 });
    const [dead] = (await world.store.list({ limit: 1 })).deliveries;
    expect(dead).toMatchObject({ state: "dead", reason: { code: "discarded" } });
    const pruned = await world.store.prune({
      historyBefore: world.clock.now() + 1,
      eventsBefore: world.clock.now() + 1,
      now: world.clock.now(),
      limit: 500,
    });
    expect(pruned.history).toBe(250);
  });

  it("are not those to a configured destination", async () => {
    const world = new World();
    world.destination("crm");
    await world.process().runOnce(1);
    await world.append(1);
    await world.planned("crm");
    const { createDeliveryControl } = await import("../src/delivery-control.js");
    const configured = [{ name: "crm", type: "http", target: "test:" }];
    const control = createDeliveryControl({
      store: world.store,
      destinations: configured,
      engine: world.process(),
      clock: world.clock,
    });
    expect(await control.discard("crm")).toBe(false);
    expect(await world.states("crm")).toEqual({ waiting: 1 });
  });
});
