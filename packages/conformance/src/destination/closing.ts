import { describe, expect, it } from "vitest";
import { type DestinationHarness, useDestination } from "./harness.js";
import { deliveryItem, deliveryItems } from "./items.js";

export function describeClosing(harness: DestinationHarness): void {
  describe("closing", () => {
    const current = useDestination(harness);

    it("ends what is under way, and reports as delivered only what has arrived", async () => {
      if (harness.can.includes("slow")) await current.fixture.behave("slow");
      const items = deliveryItems(harness.sends);
      const sending = current.send(items);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await current.destination.close();
      const outcomes = await sending;
      for (const outcome of outcomes) {
        if (outcome.outcome !== "delivered")
          expect(outcome).toMatchObject({ outcome: "retry", reason: { code: "closed" }, used: false });
      }
      await current.expectHonest(items, outcomes);
    });

    if (harness.can.includes("hangs"))
      it("does not wait for what hangs", async () => {
        await current.fixture.behave("hangs");
        const sending = current.send([deliveryItem()]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        const began = performance.now();
        await current.destination.close();
        expect(await sending).toMatchObject([{ outcome: "retry", reason: { code: "closed" }, used: false }]);
        expect(performance.now() - began).toBeLessThan(5000);
      });

    it("sends nothing afterwards, and can be closed again", async () => {
      await current.destination.close();
      await current.destination.close();
      const outcomes = await current.send([deliveryItem()]);
      expect(outcomes).toMatchObject([{ outcome: "retry", reason: { code: "closed" }, used: false }]);
    });

    it("leaves another instance alone", async () => {
      const other = await current.fixture.open();
      await current.destination.close();
      const context = { signal: AbortSignal.timeout(30_000), now: Date.now };
      expect(await other.send([deliveryItem()], context)).toEqual([{ outcome: "delivered" }]);
      await other.close();
    });
  });
}
