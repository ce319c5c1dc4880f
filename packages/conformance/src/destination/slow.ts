import { describe, expect, it } from "vitest";
import { type DestinationHarness, useDestination } from "./harness.js";
import { deliveryItem, deliveryItems } from "./items.js";

export function describeSlow(harness: DestinationHarness): void {
  describe("slow", () => {
    const current = useDestination(harness);

    if (harness.can.includes("slow"))
      it("waits for an answer that is late", async () => {
        await current.fixture.behave("slow");
        const items = [deliveryItem()];
        const outcomes = await current.send(items);
        expect(outcomes).toEqual([{ outcome: "delivered" }]);
        await current.expectHonest(items, outcomes);
      });

    if (harness.can.includes("hangs"))
      it("ends with the time of the attempt", async () => {
        await current.fixture.behave("hangs");
        const began = performance.now();
        const outcomes = await current.send([deliveryItem()], { signal: AbortSignal.timeout(500) });
        expect(performance.now() - began).toBeLessThan(5000);
        expect(outcomes).toMatchObject([{ outcome: "retry", reason: { code: "timeout" } }]);
        await current.fixture.behave("works");
        expect(await current.send([deliveryItem()])).toEqual([{ outcome: "delivered" }]);
      });

    if (harness.can.includes("hangs"))
      it("ends when the process stops", async () => {
        await current.fixture.behave("hangs");
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 200);
        const outcomes = await current.send([deliveryItem()], { signal: stop.signal });
        expect(outcomes).toMatchObject([{ outcome: "retry", reason: { code: "stopped" }, used: false }]);
      });

    it("sends nothing when the time is over already", async () => {
      const items = deliveryItems(2);
      const outcomes = await current.send(items, { signal: AbortSignal.abort() });
      expect(outcomes).toMatchObject(
        items.map(() => ({ outcome: "retry", reason: { code: "stopped" }, used: false })),
      );
    });
  });
}
