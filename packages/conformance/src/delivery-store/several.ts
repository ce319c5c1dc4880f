import { noIssues } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvents } from "../event-log/events.js";
import { type DeliveryStoreHarness, type Stores, useStores } from "./harness.js";
import {
  claim,
  claimOne,
  counted,
  listAll,
  minute,
  planned,
  prepare,
  route,
  settlement,
  start,
} from "./steps.js";

export function describeSeveral(harness: DeliveryStoreHarness): void {
  describe("serves several processes", () => {
    const current = useStores(harness);

    test("of two routers one decides", async () => {
      const { deliveries: other } = await current.another();
      await current.deliveries.register(["crm"], start);
      await other.register(["crm"], start);
      await current.events.append(newEvents(3));
      const both = [await current.deliveries.unrouted(10), await other.unrouted(10)];
      const decide = ({ events }: (typeof both)[number]) =>
        events.map(({ id }) => ({ eventId: id, facts: undefined, deliveries: [planned("crm")] }));
      const done = await Promise.all([
        other.plan(both[1]?.token ?? "", both[1] === undefined ? [] : decide(both[1]), start),
        current.deliveries.plan(both[0]?.token ?? "", both[0] === undefined ? [] : decide(both[0]), start),
      ]);
      expect(done.filter(Boolean)).toHaveLength(1);
      expect(await other.counts(start)).toEqual([counted({ open: 3, oldestDueAt: start })]);
      expect((await other.unrouted(10)).events).toEqual([]);
    });

    test("of two routers one decides about rechecked events", async () => {
      const { deliveries: other } = await current.another();
      await current.deliveries.register(["crm"], start);
      await current.events.append(newEvents(2, "q_", { status: "quarantined" }));
      await route(current.deliveries, []);
      const accepted = { type: "t", status: "accepted", ...noIssues } as const;
      for (const id of ["q_0", "q_1"]) await current.events.reclassify(id, accepted);
      const { events, token } = await other.unrouted(10);
      expect(await current.deliveries.unrouted(10)).toEqual({ events, token });
      const decisions = events.map(({ id }) => ({
        eventId: id,
        facts: undefined,
        deliveries: [planned("crm")],
      }));
      expect(await current.deliveries.plan(token, decisions.slice(0, 1), start)).toBe(true);
      expect(await other.plan(token, decisions, start)).toBe(false);
      expect(await route(other, [planned("crm")])).toBe(1);
      expect(await other.counts(start)).toEqual([counted({ open: 2, oldestDueAt: start })]);
    });

    test("no delivery is claimed by two", async () => {
      const { deliveries: other } = await current.another();
      await prepare(current, 40);
      const claims = Array.from({ length: 12 }, async (_, index) =>
        claim(index % 2 === 0 ? current.deliveries : other, {
          limit: 5,
          owner: index % 2 === 0 ? "one" : "two",
        }),
      );
      const claimed = (await Promise.all(claims)).flat();
      expect(claimed).toHaveLength(40);
      expect(new Set(claimed.map(({ id }) => id)).size).toBe(40);
    });

    test("the attempt number fences off the process that was too slow", async () => {
      const { deliveries: other } = await current.another();
      await prepare(current, 1);
      const slow = await claimOne(current.deliveries);
      const quick = await claimOne(other, { class: "retry", owner: "two", now: start + minute });
      expect(await current.deliveries.settle([settlement(slow, { state: "dead" })])).toEqual(["lease_lost"]);
      const lease = { id: slow.id, attempt: slow.attempts };
      expect(await current.deliveries.extend([lease], "one", minute, start)).toEqual(["lease_lost"]);
      const done = settlement(quick, { state: "delivered" }, { owner: "two" });
      expect(await other.settle([done])).toEqual(["settled"]);
      expect(await current.deliveries.get(slow.id)).toMatchObject({ state: "delivered", attempts: 2 });
      expect((await current.deliveries.attempts(slow.id)).map(({ number }) => number)).toEqual([2]);
    });

    test("destinations and replays are the same for all, and change once", async () => {
      const { deliveries: other } = await current.another();
      await current.deliveries.register(["crm"], start);
      const [row] = await other.destinations();
      if (row === undefined) throw new Error("There is no destination");
      const save = async (stores: Pick<Stores, "deliveries">, failures: number) =>
        stores.deliveries.saveDestination("crm", { ...row.state, failures }, row.version);
      expect([await save(current, 1), await save({ deliveries: other }, 2)]).toEqual([true, false]);
      const spec = { destinations: ["crm"], kind: "all", rate: 1 } as const;
      const { id } = await current.deliveries.createReplay(spec, start);
      const step = { id, from: null, to: "x", done: false, deliveries: [], now: start };
      expect([await other.planReplay(step), await current.deliveries.planReplay(step)]).toEqual([
        true,
        false,
      ]);
      expect(await other.cancelReplay(id, start)).toBe(true);
      expect(await current.deliveries.replay(id)).toMatchObject({ state: "cancelled", position: "x" });
    });

    test("each sees at once what another has done", async () => {
      const { events, deliveries } = await current.another();
      await prepare({ events, deliveries: current.deliveries }, 2);
      expect(await listAll(deliveries)).toEqual(await listAll(current.deliveries));
      expect(await claim(deliveries)).toHaveLength(2);
      expect(await current.deliveries.counts(start)).toEqual([counted({ open: 2 })]);
    });
  });
}
