import type { Outcome, StoredEvent } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { delivered, failing, type Script } from "./support/scripted-destination.js";
import { World } from "./support/world.js";

const second = 1000;
const sample = (): StoredEvent => ({
  id: "evt_sample",
  version: 1,
  type: "identity.session.finalized",
  status: "accepted",
  receivedAt: 1,
  attemptTimestamp: 1,
  size: 2,
  duplicates: 0,
  position: "",
  issues: [],
  total: 0,
  exact: true,
  raw: new TextEncoder().encode('{"personEmail":"a@example.com"}'),
  signature: "",
});

/** Tests a destination whose driver does this; a process runs beside it. */
async function testing(script: Script, ms = 0) {
  const world = new World();
  const crm = world.destination("crm", { timeoutMs: 5 * second }, script);
  const process = world.process({ sampleEvent: async () => sample() });
  await process.start();
  await world.clock.advance(second);
  const before = await world.store.destinations();
  let outcome: Outcome | undefined;
  const tested = process.test("crm").then((result) => (outcome = result));
  await world.clock.advance(ms);
  return { world, crm, process, before, tested, outcome: () => outcome };
}

describe("the test of a destination", () => {
  it("sends one sample event with its facts, and stores nothing", async () => {
    const got: unknown[] = [];
    const { world, crm, process, before, tested } = await testing((item, { signal }) => {
      got.push([item, signal.aborted]);
      return delivered;
    });
    expect(await tested).toEqual(delivered);
    expect(got).toEqual([
      [
        {
          deliveryId: "test",
          attempt: 1,
          replay: null,
          event: sample(),
          facts: { personEmail: "a@example.com" },
        },
        false,
      ],
    ]);
    await world.clock.advance(5 * second);
    expect(crm.sends).toHaveLength(1);
    expect((await world.store.list({ limit: 10 })).deliveries).toEqual([]);
    expect(await world.store.destinations()).toEqual(before);
    await process.stop(second);
  });

  it("returns the outcome of a failure, which does not count", async () => {
    const { world, process, before, tested } = await testing(() => failing);
    expect(await tested).toEqual(failing);
    for (let i = 0; i < 9; i++) await process.test("crm");
    await world.clock.advance(5 * second);
    expect(await world.store.destinations()).toEqual(before);
    await process.stop(second);
  });

  it.each<[string, Script, string]>([
    [
      "throws",
      () => {
        throw new Error("secret");
      },
      "driver_error",
    ],
    ["returns garbage", () => 7 as unknown as Outcome, "invalid_outcome"],
  ])("survives a driver that %s", async (_, script, code) => {
    const { process, tested } = await testing(script);
    expect(await tested).toEqual({ outcome: "retry", reason: { code } });
    await process.stop(second);
  });

  it("ends with the time of an attempt", async () => {
    const { process, outcome, world } = await testing(() => new Promise(() => {}), 6 * second);
    expect(outcome()).toBeUndefined();
    await world.clock.advance(2 * second);
    expect(outcome()).toEqual({ outcome: "retry", reason: { code: "timeout" } });
    await process.stop(second);
  });

  it("reaches a paused destination, and no unknown one", async () => {
    const { process, crm } = await testing(() => delivered);
    await process.pause("crm");
    expect(await process.test("crm")).toEqual(delivered);
    expect(crm.sends).toHaveLength(2);
    await expect(process.test("other")).rejects.toThrow(RangeError);
    await process.stop(second);
  });

  it("rejects when there is no sample event", async () => {
    const world = new World();
    world.destination("crm");
    await expect(world.process().test("crm")).rejects.toThrow("not used");
  });
});
