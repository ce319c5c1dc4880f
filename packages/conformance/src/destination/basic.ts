import { describe, expect, it } from "vitest";
import { type DestinationHarness, useDestination } from "./harness.js";
import { deliveryItem, deliveryItems } from "./items.js";

export function describeBasic(harness: DestinationHarness): void {
  describe("basic", () => {
    const current = useDestination(harness);

    it("delivers one event", async () => {
      const items = [deliveryItem()];
      const outcomes = await current.send(items);
      expect(outcomes).toEqual([{ outcome: "delivered" }]);
      await current.expectHonest(items, outcomes);
    });

    it("delivers full batches one after the other", async () => {
      const items = deliveryItems(2 * Math.min(current.destination.maxBatch ?? 1, 50));
      const half = items.length / 2;
      const outcomes = [
        ...(await current.send(items.slice(0, half))),
        ...(await current.send(items.slice(half))),
      ];
      expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(["delivered"]));
      await current.expectHonest(items, outcomes);
    });

    it("delivers a later attempt of the same event, and one of a replay", async () => {
      const first = deliveryItem();
      const items = [first, { ...first, attempt: 2 }, { ...first, replay: "rpl_1", deliveryId: "other" }];
      for (const item of items) expect(await current.send([item])).toEqual([{ outcome: "delivered" }]);
      await current.expectHonest(items, [{ outcome: "delivered" }]);
    });

    it.each([
      ["without facts", { facts: undefined }],
      ["that is no UTF-8", { raw: Uint8Array.of(0xff, 0x00, 0x0a, 0x0d, 0xfe), facts: undefined }],
      ["that is empty", { raw: new Uint8Array(), facts: undefined }],
      ["of a megabyte", { raw: new TextEncoder().encode(`{"a":"${"x".repeat(1_048_576)}"}`) }],
    ])("has an outcome for an event %s", async (_, options) => {
      const items = [deliveryItem({ ...options, status: "quarantined" })];
      const outcomes = await current.send(items);
      expect(["delivered", "skipped", "rejected"]).toContain(outcomes[0]?.outcome);
    });

    it("shows its target without secrets", () => {
      for (const secret of harness.secrets) expect(current.destination.target).not.toContain(secret);
    });
  });
}
