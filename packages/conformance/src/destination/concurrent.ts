import { describe, expect, it } from "vitest";
import { type DestinationHarness, useDestination } from "./harness.js";
import { deliveryItems } from "./items.js";

export function describeConcurrent(harness: DestinationHarness): void {
  describe("concurrent", () => {
    const current = useDestination(harness);

    it("delivers what is sent at the same time, each event to its place", async () => {
      const items = deliveryItems(harness.sends * Math.min(current.destination.maxBatch ?? 1, 10));
      const outcomes = await current.send(items);
      expect(outcomes.filter(({ outcome }) => outcome !== "delivered")).toEqual([]);
      await current.expectHonest(items, outcomes);
    });

    it("delivers through two instances at the same time", async () => {
      const other = await current.fixture.open();
      try {
        const [mine, theirs] = [deliveryItems(3), deliveryItems(3)];
        const context = { signal: AbortSignal.timeout(30_000), now: Date.now };
        const [ours, others] = await Promise.all([
          current.send(mine),
          Promise.all(theirs.map((item) => other.send([item], context))),
        ]);
        const outcomes = [...ours, ...others.flat()];
        expect(outcomes.filter(({ outcome }) => outcome !== "delivered")).toEqual([]);
        await other.close();
        await current.expectHonest([...mine, ...theirs], outcomes);
      } finally {
        await other.close();
      }
    });
  });
}
