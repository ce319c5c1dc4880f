import type { DestinationState } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import { claim, counted, failure, planned, prepare, settlement, start } from "./steps.js";

const fresh: DestinationState = {
  status: "ready",
  reason: null,
  since: start,
  probeAt: null,
  pacedUntil: null,
  rateFactor: 1,
  failures: 0,
  recent: "",
  coolings: 0,
  ramp: null,
  heldMs: 0,
  lastDeliveredAt: null,
};

export function describeDestinations(harness: DeliveryStoreHarness): void {
  describe("has destinations", () => {
    const current = useStores(harness);

    test("by name, ready from their registration on", async () => {
      expect(await current.deliveries.destinations()).toEqual([]);
      await current.deliveries.register(["b", "a'\"; --", "\u{1f600}"], start);
      await current.deliveries.register(["c", "b"], start + 1);
      await current.deliveries.register([], start);
      const rows = await current.deliveries.destinations();
      expect(rows.map(({ name }) => name)).toEqual(["a'\"; --", "b", "c", "\u{1f600}"]);
      expect(rows[1]).toEqual({ name: "b", state: fresh, version: expect.any(Number) as number });
      expect(rows[2]?.state.since).toBe(start + 1);
    });

    test("with a state that is saved only by the one who knows it", async () => {
      await current.deliveries.register(["crm", "slack"], start);
      const [row] = await current.deliveries.destinations();
      const version = row?.version ?? 0;
      const state: DestinationState = {
        status: "blocked",
        reason: failure,
        since: start + 1,
        probeAt: start + 2,
        pacedUntil: start + 3,
        rateFactor: 0.5,
        failures: 3,
        recent: "+-+",
        coolings: 2,
        ramp: 4,
        heldMs: 5,
        lastDeliveredAt: start,
      };
      expect(await current.deliveries.saveDestination("crm", state, version)).toBe(true);
      expect(await current.deliveries.saveDestination("crm", fresh, version)).toBe(false);
      expect(await current.deliveries.saveDestination("other", fresh, version)).toBe(false);
      const [saved, other] = await current.deliveries.destinations();
      expect(saved?.state).toEqual(state);
      expect(saved?.version).not.toBe(version);
      expect(other?.state).toEqual(fresh);
      await current.deliveries.register(["crm"], start);
      expect((await current.deliveries.destinations())[0]).toEqual(saved);
      expect(await current.deliveries.saveDestination("crm", fresh, saved?.version ?? 0)).toBe(true);
    });

    test("and counts them", async () => {
      await current.deliveries.register(["crm", "slack"], start);
      const skipped = planned("slack", { state: "skipped", reason: { code: "filter" } });
      await prepare(current, 10, [planned("crm", { dueAt: start - 50 }), skipped]);
      const [one, two, three, ...others] = await claim(current.deliveries, { limit: 5 });
      if (one === undefined || two === undefined || three === undefined)
        throw new Error("Too few were claimed");
      await current.deliveries.settle([
        settlement(one, { state: "delivered" }),
        settlement(two, { state: "dead" }),
        settlement(three, { state: "waiting", dueAt: start + 5, used: true }),
      ]);
      expect(others).toHaveLength(2);
      const slack = counted({ destination: "slack", skipped: 10 });
      const crm = counted({ open: 8, delivered: 1, dead: 1 });
      expect(await current.deliveries.counts(start)).toEqual([{ ...crm, oldestDueAt: start - 50 }, slack]);
      await claim(current.deliveries);
      expect(await current.deliveries.counts(start)).toEqual([crm, slack]);
      expect(await current.deliveries.counts(start + 5)).toEqual([{ ...crm, oldestDueAt: start + 5 }, slack]);
    });
  });
}
