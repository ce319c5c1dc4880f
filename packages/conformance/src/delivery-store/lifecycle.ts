import { describe, expect, test } from "vitest";
import { expectStoreError, newEvents } from "../event-log/events.js";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import { claim, claimOne, listAll, minute, planned, prepare, settlement, start } from "./steps.js";

export function describeLifecycle(harness: DeliveryStoreHarness): void {
  describe("opens and closes", () => {
    const current = useStores(harness);

    test("after close every method rejects with store_unavailable", async () => {
      const { deliveries } = current;
      await prepare(current, 1);
      const { token } = await deliveries.unrouted(1);
      const [row] = await deliveries.destinations();
      if (row === undefined) throw new Error("There is no destination");
      const claimed = await claimOne(deliveries);
      const spec = { destinations: ["crm"], kind: "all", rate: 1 } as const;
      const { id } = await deliveries.createReplay(spec, start);
      await deliveries.close();
      for (const call of [
        async () => deliveries.unrouted(1),
        async () => deliveries.plan(token, [], start),
        async () => deliveries.lag(),
        async () => claim(deliveries),
        async () => deliveries.settle([settlement(claimed, { state: "delivered" })]),
        async () => deliveries.extend([{ id: claimed.id, attempt: 1 }], "one", minute, start),
        async () => deliveries.nextDueAt(["crm"]),
        async () => deliveries.register(["slack"], start),
        async () => deliveries.destinations(),
        async () => deliveries.saveDestination("crm", row.state, row.version),
        async () => deliveries.counts(start),
        async () => deliveries.list({ limit: 1 }),
        async () => deliveries.get(claimed.id),
        async () => deliveries.attempts(claimed.id),
        async () => deliveries.requeue(claimed.id, start),
        async () => deliveries.createReplay(spec, start),
        async () => deliveries.replay(id),
        async () => deliveries.replays({ limit: 1 }),
        async () => deliveries.replayEnd(["crm"]),
        async () => deliveries.matches("all", [{ eventId: "evt_0", destination: "crm" }]),
        async () =>
          deliveries.planReplay({ id, from: null, to: "x", done: false, deliveries: [], now: start }),
        async () => deliveries.cancelReplay(id, start),
        async () => deliveries.prune({ now: start, limit: 1 }),
      ])
        await expectStoreError(call(), "store_unavailable");
      expect(await deliveries.close()).toBeUndefined();
    });

    test("the event log works without it", async () => {
      await prepare(current, 1);
      await current.deliveries.close();
      expect(await current.events.append(newEvents(2))).toEqual(["duplicate", "stored"]);
    });

    if (!harness.persistent) return;

    test("all data is present after reopening, and leases go on", async () => {
      await prepare(current, 6);
      const [one, two] = await claim(current.deliveries, { limit: 3 });
      if (one === undefined || two === undefined) throw new Error("Too few were claimed");
      await current.deliveries.settle([settlement(one, { state: "delivered" })]);
      await current.events.append(newEvents(1, "unrouted_"));
      const read = async () => ({
        deliveries: await listAll(current.deliveries),
        counts: await current.deliveries.counts(start),
        destinations: await current.deliveries.destinations(),
        lag: await current.deliveries.lag(),
        attempts: await current.deliveries.attempts(one.id),
        unrouted: (await current.deliveries.unrouted(5)).events.map(({ id }) => id),
      });
      const before = await read();
      expect(before.unrouted).toEqual(["unrouted_0"]);
      await current.reopen();
      expect(await read()).toEqual(before);
      expect(await current.deliveries.settle([settlement(two, { state: "delivered" })])).toEqual(["settled"]);
    });

    test("events that arrive while it is closed are routed later", async () => {
      const fixture = await harness.make();
      try {
        const { events, deliveries } = await fixture.open();
        await deliveries.close();
        await events.append(newEvents(2, "while_closed_"));
        await events.close();
        const again = await fixture.open();
        // The position is that of the first opening, not of the last.
        await again.deliveries.register(["crm"], start);
        expect((await again.deliveries.unrouted(5)).events).toHaveLength(2);
        const { token, events: unrouted } = await again.deliveries.unrouted(5);
        const decisions = unrouted.map(({ id }) => ({
          eventId: id,
          facts: undefined,
          deliveries: [planned("crm")],
        }));
        expect(await again.deliveries.plan(token, decisions, start)).toBe(true);
        expect(await listAll(again.deliveries)).toEqual([]);
        await again.deliveries.close();
        await again.events.close();
      } finally {
        await fixture.cleanup();
      }
    });
  });
}
