import { describe, expect, test } from "vitest";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import {
  claimOne,
  counted,
  failure,
  finishAll,
  listAll,
  minute,
  planned,
  prepare,
  settlement,
  start,
} from "./steps.js";

const now = start + 1000 * minute;

export function describeRequeue(harness: DeliveryStoreHarness): void {
  describe("requeues", () => {
    const current = useStores(harness);

    test.each(["delivered", "skipped", "dead"] as const)("a delivery that is %s", async (state) => {
      await prepare(current, 1);
      await finishAll(current.deliveries, state);
      const [delivery] = await listAll(current.deliveries);
      if (delivery === undefined) throw new Error("There is no delivery");
      expect(await current.deliveries.requeue(delivery.id, now)).toBe(true);
      expect(await current.deliveries.get(delivery.id)).toEqual({
        ...delivery,
        state: "waiting",
        dueAt: now,
        finishedAt: null,
      });
      expect(await current.deliveries.counts(now)).toEqual([counted({ open: 1, oldestDueAt: now })]);
      const again = await claimOne(current.deliveries, { class: "retry", now });
      expect(again).toMatchObject({ id: delivery.id, attempts: 2, used: 1, since: now, createdAt: start });
      await current.deliveries.settle([settlement(again, { state: "delivered" })]);
      expect(await current.deliveries.counts(now)).toEqual([counted({ delivered: 1 })]);
      expect((await current.deliveries.attempts(delivery.id)).map(({ number }) => number)).toEqual([1, 2]);
    });

    test("one that waits, due at once and with a full schedule", async () => {
      await prepare(current, 1);
      const next = { state: "waiting", dueAt: start + 9000 * minute, used: true } as const;
      const { id } = await claimOne(current.deliveries);
      await current.deliveries.settle([settlement({ id, attempts: 1 }, next)]);
      expect(await current.deliveries.requeue(id, now)).toBe(true);
      const again = await claimOne(current.deliveries, { class: "retry", now });
      expect(again).toMatchObject({ id, attempts: 2, used: 1, since: now, reason: failure });
    });

    test("one that is being delivered: that attempt loses its lease", async () => {
      await prepare(current, 1);
      const first = await claimOne(current.deliveries);
      expect(await current.deliveries.requeue(first.id, start + 1)).toBe(true);
      expect(await current.deliveries.settle([settlement(first, { state: "delivered" })])).toEqual([
        "lease_lost",
      ]);
      const lease = { id: first.id, attempt: first.attempts };
      expect(await current.deliveries.extend([lease], "one", minute, start)).toEqual(["lease_lost"]);
      const second = await claimOne(current.deliveries, { class: "retry", now: start + 1 });
      expect(second.attempts).toBe(2);
      expect(await current.deliveries.settle([settlement(second, { state: "delivered" })])).toEqual([
        "settled",
      ]);
    });

    test("one that a filter skipped, as new", async () => {
      await prepare(current, 1, [planned("crm", { state: "skipped", reason: { code: "filter" } })]);
      const [delivery] = await listAll(current.deliveries);
      expect(await current.deliveries.requeue(delivery?.id ?? "", now)).toBe(true);
      expect(await claimOne(current.deliveries, { now })).toMatchObject({
        attempts: 1,
        used: 1,
        heldBy: null,
      });
    });

    test("from when on the destination was held", async () => {
      await prepare(current, 1);
      await finishAll(current.deliveries, "dead");
      const [row] = await current.deliveries.destinations();
      if (row === undefined) throw new Error("There is no destination");
      const state = { ...row.state, status: "paused", since: now - 300, heldMs: 40 } as const;
      expect(await current.deliveries.saveDestination("crm", state, row.version)).toBe(true);
      const [delivery] = await listAll(current.deliveries);
      await current.deliveries.requeue(delivery?.id ?? "", now);
      expect((await claimOne(current.deliveries, { class: "retry", now })).heldMs).toBe(340);
    });

    test("nothing that does not exist", async () => {
      await prepare(current, 1);
      for (const id of ["", "none", "dlv_0", "dlv_99", "dlv_-1", "dlv_1e0", "dlv_01", "rpl_1"]) {
        expect(await current.deliveries.requeue(id, start)).toBe(false);
        expect(await current.deliveries.get(id)).toBeUndefined();
        expect(await current.deliveries.attempts(id)).toEqual([]);
      }
    });
  });
}
