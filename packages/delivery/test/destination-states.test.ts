import type { DestinationState } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { DestinationStates } from "../src/dispatch/destination-states.js";
import { World } from "./support/world.js";

const failed = (state: DestinationState) => ({ ...state, failures: state.failures + 1 });

async function two() {
  const world = new World();
  await world.store.register(["crm"], world.clock.now());
  const changes: string[] = [];
  const [one, other] = [1, 2].map(
    (n) =>
      new DestinationStates(world.store, (name, from, to) =>
        changes.push(`${n}: ${name} ${from.status} ${to.status}`),
      ),
  ) as [DestinationStates, DestinationStates];
  await Promise.all([one.load(), other.load()]);
  return { world, one, other, changes };
}

describe("the states of destinations", () => {
  it("are merged when two processes change them", async () => {
    const { world, one, other } = await two();
    for (let i = 0; i < 10; i++) for (const states of [one, other]) states.apply("crm", failed);
    expect(await Promise.all([one.save("crm"), other.save("crm")])).toEqual([true, true]);
    expect(await world.status("crm")).toMatchObject({ failures: 20 });
    await one.load();
    expect(one.get("crm")).toEqual(other.get("crm"));
    expect([one.unsaved(), other.unsaved()]).toEqual([[], []]);
  });

  it("keep a change that comes while they are saved", async () => {
    const { world, one } = await two();
    one.apply("crm", failed);
    const saved = one.save("crm");
    await Promise.resolve();
    one.apply("crm", failed);
    await saved;
    expect(one.get("crm")).toMatchObject({ failures: 2 });
    await one.save("crm");
    expect(await world.status("crm")).toMatchObject({ failures: 2 });
  });

  it("are updated by one of two processes that want the same", async () => {
    const { one, other, changes } = await two();
    const pause = (state: DestinationState): DestinationState =>
      state.status === "paused" ? state : { ...state, status: "paused" };
    const results = await Promise.all([one.update("crm", pause), other.update("crm", pause)]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(changes).toHaveLength(1);
    expect(await one.update("unknown", pause)).toBe(false);
  });
});
