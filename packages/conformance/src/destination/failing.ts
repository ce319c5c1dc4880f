import type { DeliveryItem, Outcome } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { type Behaviour, type DestinationHarness, useDestination } from "./harness.js";
import { deliveryItem, deliveryItems } from "./items.js";

export function describeFailing(harness: DestinationHarness): void {
  describe("failing", () => {
    const current = useDestination(harness);

    it("reports a failure with a stable code, and delivers afterwards", async () => {
      await current.fixture.behave("fails");
      const items = deliveryItems(2);
      for (const { outcome } of await current.send(items)) expect(outcome).toBe(harness.failure);
      await current.fixture.behave("works");
      const outcomes = await current.send(items);
      expect(outcomes).toEqual(items.map(() => ({ outcome: "delivered" })));
      await current.expectHonest(items, outcomes);
    });

    const sendInto = async (outcomes: Outcome[], index: number, item: DeliveryItem) => {
      const [outcome] = await current.send([item]);
      outcomes[index] = outcome as Outcome;
    };

    it("reports as delivered only what has arrived, however the other system behaves", async () => {
      const behaviours: Behaviour[] = ["works", ...harness.can.filter((how) => how !== "hangs")];
      const items = Array.from({ length: 3 * harness.sends }, () => deliveryItem());
      const pending: Promise<void>[] = [];
      const outcomes: Outcome[] = [];
      for (const [index, item] of items.entries()) {
        await current.fixture.behave(behaviours[index % behaviours.length] as Behaviour);
        // Without waiting: the behaviour changes while earlier events are under way.
        const sent = sendInto(outcomes, index, item);
        if (index % 3 === 0) await sent;
        else pending.push(sent);
      }
      await Promise.all(pending);
      await current.expectHonest(items, outcomes);
    });
  });
}
