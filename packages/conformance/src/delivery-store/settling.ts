import type { Attempt } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import { claim, claimOne, counted, failure, minute, prepare, settlement, start } from "./steps.js";

export function describeSettling(harness: DeliveryStoreHarness): void {
  describe("settles", () => {
    const current = useStores(harness);

    test.each(["delivered", "skipped", "dead"] as const)("as %s", async (state) => {
      await prepare(current, 1);
      const claimed = await claimOne(current.deliveries);
      const settled = settlement(claimed, { state });
      expect(await current.deliveries.settle([settled])).toEqual(["settled"]);
      const reason = state === "delivered" ? null : failure;
      const { used: _used, since: _since, heldMs: _held, event: _event, facts: _facts, ...row } = claimed;
      const ended = { ...row, state, dueAt: null, finishedAt: start + 20, reason };
      expect(await current.deliveries.get(claimed.id)).toEqual(ended);
      expect(await current.deliveries.attempts(claimed.id)).toEqual([settled.record]);
      expect(await current.deliveries.counts(start)).toEqual([counted({ [state]: 1 })]);
      expect(await current.deliveries.settle([settled])).toEqual(["lease_lost"]);
      expect(await current.deliveries.nextDueAt(["crm"])).toBeNull();
    });

    test("as waiting, and counts the attempt or not", async () => {
      await prepare(current, 1);
      const used: number[] = [];
      for (const [index, counts] of [true, false, false, true].entries()) {
        const claimed = await claimOne(current.deliveries, { class: index === 0 ? "new" : "retry" });
        used.push(claimed.used);
        expect(claimed.attempts).toBe(index + 1);
        const next = { state: "waiting", dueAt: start, used: counts } as const;
        expect(await current.deliveries.settle([settlement(claimed, next)])).toEqual(["settled"]);
      }
      expect(used).toEqual([1, 2, 2, 2]);
      const last = await claimOne(current.deliveries, { class: "retry" });
      expect(last).toMatchObject({ attempts: 5, used: 3 });
      expect((await current.deliveries.attempts(last.id)).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    });

    test("as being sent still, with a record that the end of the attempt replaces", async () => {
      await prepare(current, 1);
      const claimed = await claimOne(current.deliveries);
      const begun = settlement(claimed, { state: "delivering" });
      expect(await current.deliveries.settle([begun])).toEqual(["settled"]);
      expect(await current.deliveries.get(claimed.id)).toMatchObject({
        state: "delivering",
        attempts: 1,
        dueAt: claimed.dueAt,
        reason: failure,
      });
      expect(await claim(current.deliveries, { class: "retry" })).toEqual([]);
      const again = await claimOne(current.deliveries, { class: "retry", now: start + minute });
      expect(again).toMatchObject({ attempts: 2, used: 2, reason: failure });
      expect(await current.deliveries.settle([begun])).toEqual(["lease_lost"]);
      const second = settlement(again, { state: "delivering" });
      const ended = settlement(again, { state: "delivered" });
      expect(await current.deliveries.settle([second, ended])).toEqual(["settled", "settled"]);
      expect(await current.deliveries.attempts(claimed.id)).toEqual([begun.record, ended.record]);
      expect(await current.deliveries.counts(start)).toEqual([counted({ delivered: 1 })]);
    });

    test("not before it is due again", async () => {
      await prepare(current, 1);
      const next = { state: "waiting", dueAt: start + minute, used: true } as const;
      await current.deliveries.settle([settlement(await claimOne(current.deliveries), next)]);
      expect(await current.deliveries.counts(start)).toEqual([counted({ open: 1 })]);
      expect(await claim(current.deliveries, { class: "retry", now: start + minute - 1 })).toEqual([]);
      expect(await current.deliveries.counts(start + minute)).toEqual([
        counted({ open: 1, oldestDueAt: start + minute }),
      ]);
      expect(await claim(current.deliveries, { class: "retry", now: start + minute })).toHaveLength(1);
    });

    test("nothing of another owner or attempt, and the others of a group all the same", async () => {
      await prepare(current, 4);
      const claimed = await claim(current.deliveries);
      const [one, two, three, four] = claimed.map((each) => settlement(each, { state: "delivered" }));
      if (one === undefined || two === undefined || three === undefined || four === undefined)
        throw new Error("Not everything was claimed");
      const group = [
        one,
        { ...two, owner: "two" },
        { ...three, attempt: 2 },
        four,
        one,
        { ...four, id: "none" },
      ];
      expect(await current.deliveries.settle(group)).toEqual([
        "settled",
        "lease_lost",
        "lease_lost",
        "settled",
        "lease_lost",
        "lease_lost",
      ]);
      expect(await current.deliveries.counts(start)).toEqual([counted({ open: 2, delivered: 2 })]);
      expect(await current.deliveries.attempts(two.id)).toEqual([]);
      expect(await current.deliveries.settle([])).toEqual([]);
    });

    test("after the end of the lease, unless another process has claimed it", async () => {
      await prepare(current, 2);
      const [late, later] = await claim(current.deliveries);
      if (late === undefined || later === undefined) throw new Error("Not everything was claimed");
      const done = (delivery: typeof late) =>
        settlement(delivery, { state: "delivered" }, { at: start + 2 * minute });
      expect(await current.deliveries.settle([done(late)])).toEqual(["settled"]);
      const again = await claimOne(current.deliveries, { class: "retry", now: start + minute });
      expect(await current.deliveries.settle([done(later)])).toEqual(["lease_lost"]);
      // The same process can claim it again: only the number of the attempt distinguishes the two.
      expect(await current.deliveries.settle([done(again)])).toEqual(["settled"]);
      expect(await current.deliveries.counts(start)).toEqual([counted({ delivered: 2 })]);
    });

    test("any number of attempts, of which it stores the first 20 and the newest 80", async () => {
      await prepare(current, 1);
      const next = { state: "waiting", dueAt: start, used: false } as const;
      for (let number = 1; number <= 150; number++) {
        const claimed = await claimOne(current.deliveries, { class: number === 1 ? "new" : "retry" });
        await current.deliveries.settle([settlement(claimed, next)]);
      }
      const [delivery] = (await current.deliveries.list({ limit: 1 })).deliveries;
      expect(delivery).toMatchObject({ attempts: 150 });
      const stored = await current.deliveries.attempts(delivery?.id ?? "");
      const numbers = Array.from({ length: 150 }, (_, index) => index + 1);
      expect(stored.map(({ number }) => number)).toEqual([...numbers.slice(0, 20), ...numbers.slice(-80)]);
      // Those that are not stored are not counted as lost.
      await claimOne(current.deliveries, { class: "retry" });
      expect(await current.deliveries.endLeases("one", start)).toBe(1);
    });

    test("times that are no integers", async () => {
      await prepare(current, 1);
      const next = { state: "waiting", dueAt: start + 0.25, used: true } as const;
      const claimed = await claimOne(current.deliveries);
      const settled = settlement(claimed, next);
      const record = { ...(settled.record as Attempt), durationMs: 1.5 };
      expect(await current.deliveries.settle([{ ...settled, record }])).toEqual(["settled"]);
      expect(await current.deliveries.nextDueAt(["crm"])).toBe(start + 1);
      expect(await current.deliveries.attempts(claimed.id)).toEqual([record]);
    });
  });
}
