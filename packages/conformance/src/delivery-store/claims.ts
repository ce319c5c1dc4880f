import { describe, expect, test } from "vitest";
import { newEvent, newEvents } from "../event-log/events.js";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import {
  claim,
  claimOne,
  failure,
  listAll,
  minute,
  planned,
  prepare,
  route,
  settlement,
  start,
} from "./steps.js";

export function describeClaims(harness: DeliveryStoreHarness): void {
  describe("claims", () => {
    const current = useStores(harness);

    test("a delivery with everything about it", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append([newEvent({ type: "identity.resolved" })]);
      const facts = {
        personEmail: "ä@example.com",
        companyEmployeeCount: 50,
        pages: ["/"],
        botLikely: false,
      };
      const { token } = await current.deliveries.unrouted(1);
      const deliveries = [planned("crm", { heldMs: 7 })];
      await current.deliveries.plan(token, [{ eventId: "evt_1", facts, deliveries }], start);
      const delivery = await claimOne(current.deliveries, { now: start + 5 });
      expect(delivery).toEqual({
        id: expect.any(String) as string,
        eventId: "evt_1",
        eventType: "identity.resolved",
        destination: "crm",
        replay: null,
        state: "delivering",
        attempts: 1,
        createdAt: start,
        dueAt: start + 5 + minute,
        finishedAt: null,
        reason: null,
        heldBy: null,
        used: 1,
        since: start,
        heldMs: 7,
        event: await current.events.get("evt_1"),
        facts,
      });
      const { used: _used, since: _since, heldMs: _held, event: _event, facts: _facts, ...row } = delivery;
      expect(await current.deliveries.get(delivery.id)).toEqual(row);
    });

    test("those that are due, the oldest first", async () => {
      const times: Record<string, number> = { evt_0: 3, evt_1: 1, evt_2: 2, evt_3: 2, evt_4: 9 };
      await prepare(current, 5, (id) => [planned("crm", { dueAt: start + (times[id] ?? 0) })]);
      const ids = async (now: number, limit = 100) =>
        (await claim(current.deliveries, { now: start + now, limit })).map(({ eventId }) => eventId);
      expect(await ids(0)).toEqual([]);
      expect(await ids(3, 2)).toEqual(["evt_1", "evt_2"]);
      expect(await ids(8)).toEqual(["evt_3", "evt_0"]);
      expect(await ids(9)).toEqual(["evt_4"]);
    });

    test("of one destination and class", async () => {
      await current.deliveries.register(["crm", "slack"], start);
      await prepare(current, 2, [planned("crm"), planned("slack")]);
      expect(await claim(current.deliveries, { destination: "other" })).toEqual([]);
      for (const other of ["retry", "replay"] as const)
        expect(await claim(current.deliveries, { class: other })).toEqual([]);
      expect(await claim(current.deliveries)).toHaveLength(2);
      const [one] = await claim(current.deliveries, { destination: "slack", limit: 1 });
      if (one === undefined) throw new Error("Nothing was claimed");
      const next = { state: "waiting", dueAt: start, used: true } as const;
      expect(await current.deliveries.settle([settlement(one, next)])).toEqual(["settled"]);
      const again = await claimOne(current.deliveries, { destination: "slack", class: "retry" });
      expect(again).toMatchObject({ id: one.id, attempts: 2, used: 2, reason: failure });
      expect(await claim(current.deliveries, { destination: "slack" })).toHaveLength(1);
    });

    test("at most 100 deliveries and 8 MiB, but one of any size", async () => {
      await prepare(current, 150);
      expect(await claim(current.deliveries, { limit: 1000 })).toHaveLength(100);
      expect(await claim(current.deliveries, { limit: 1000 })).toHaveLength(50);
      const large = (id: string, bytes: number) => newEvent({ id, raw: new Uint8Array(bytes) });
      await current.events.append([large("a", 9_000_000), large("b", 4_000_000), large("c", 4_000_000)]);
      await current.events.append([large("d", 1_000_000)]);
      await route(current.deliveries, [planned("crm")]);
      const ids = async () => (await claim(current.deliveries)).map(({ eventId }) => eventId);
      expect(await ids()).toEqual(["a"]);
      expect(await ids()).toEqual(["b", "c"]);
      expect(await ids()).toEqual(["d"]);
    });

    test("again when a lease has ended, as another attempt", async () => {
      await prepare(current, 1);
      const first = await claimOne(current.deliveries);
      const retry = { class: "retry", owner: "two" } as const;
      expect(await claim(current.deliveries, { ...retry, now: start + minute - 1 })).toEqual([]);
      const second = await claimOne(current.deliveries, { ...retry, now: start + minute });
      expect(second).toMatchObject({ id: first.id, attempts: 2, used: 2, dueAt: start + 2 * minute });
    });

    test("again at once when the process that had claimed it does not run any more", async () => {
      await prepare(current, 3);
      const [first, second] = await claim(current.deliveries, { limit: 2 });
      const third = await claimOne(current.deliveries, { owner: "alive" });
      if (first === undefined || second === undefined) throw new Error("Two are due");
      await current.deliveries.settle([settlement(first, { state: "delivered" })]);
      expect(await current.deliveries.endLeases("nobody", start + 5)).toBe(0);
      expect(await current.deliveries.endLeases("one", start + 5)).toBe(1);
      expect(await current.deliveries.endLeases("one", start + 5)).toBe(0);
      expect(await current.deliveries.nextDueAt(["crm"])).toBe(start + 5);
      const retry = { class: "retry", owner: "two", now: start + 5 } as const;
      expect(await claim(current.deliveries, { ...retry, now: start + 4 })).toEqual([]);
      expect(await claimOne(current.deliveries, retry)).toMatchObject({
        id: second.id,
        attempts: 2,
        used: 2,
      });
      // The attempt that was under way cannot be settled any more; that of the living process can.
      const results = await current.deliveries.settle([
        settlement(second, { state: "delivered" }),
        settlement(third, { state: "delivered" }, { owner: "alive" }),
      ]);
      expect(results).toEqual(["lease_lost", "settled"]);
    });

    test("only after its lease when three attempts have left no outcome, however many have left one", async () => {
      await prepare(current, 1);
      const ended = async (attempt: number) => {
        const kind = attempt === 1 ? "new" : "retry";
        const claimed = await claimOne(current.deliveries, { class: kind, owner: `p${attempt}` });
        expect(claimed.attempts).toBe(attempt);
        return claimed;
      };
      for (let attempt = 1; attempt <= 5; attempt++) {
        const next = { state: "waiting", dueAt: start, used: true } as const;
        const done = settlement(await ended(attempt), next, { owner: `p${attempt}` });
        expect(await current.deliveries.settle([done])).toEqual(["settled"]);
      }
      for (let attempt = 6; attempt <= 8; attempt++) {
        await ended(attempt);
        expect(await current.deliveries.endLeases(`p${attempt}`, start)).toBe(1);
      }
      await ended(9);
      expect(await current.deliveries.endLeases("p9", start)).toBe(0);
      expect(await current.deliveries.nextDueAt(["crm"])).toBe(start + minute);
    });

    test("again, without an attempt, what was given back unsent", async () => {
      await prepare(current, 1);
      const waits = (used: boolean) => ({ state: "waiting" as const, dueAt: start, used });
      const first = await claimOne(current.deliveries);
      await current.deliveries.settle([settlement(first, waits(true))]);
      const second = await claimOne(current.deliveries, { class: "retry" });
      const back = settlement(second, waits(false), { record: null });
      expect(await current.deliveries.settle([back])).toEqual(["settled"]);
      expect(await current.deliveries.get(first.id)).toMatchObject({
        state: "waiting",
        attempts: 2,
        reason: failure,
      });
      expect(await current.deliveries.attempts(first.id)).toMatchObject([{ number: 1 }]);
      const third = await claimOne(current.deliveries, { class: "retry" });
      expect(third).toMatchObject({ attempts: 3, used: 2 });
    });

    test("nothing twice while leases are extended", async () => {
      await prepare(current, 2);
      const claimed = await claim(current.deliveries);
      const leases = claimed.map(({ id, attempts }) => ({ id, attempt: attempts }));
      const extended = await current.deliveries.extend(leases, "one", minute, start + 50_000);
      expect(extended).toEqual(["settled", "settled"]);
      expect(await claim(current.deliveries, { class: "retry", now: start + 109_999 })).toEqual([]);
      expect(await claim(current.deliveries, { class: "retry", now: start + 110_000 })).toHaveLength(2);
      expect(await current.deliveries.extend(leases, "one", minute, start)).toEqual([
        "lease_lost",
        "lease_lost",
      ]);
      expect(await current.deliveries.extend([], "one", minute, start)).toEqual([]);
    });

    test("with the time of the next one", async () => {
      const next = async (...names: string[]) => current.deliveries.nextDueAt(names);
      expect(await next("crm")).toBeNull();
      await current.deliveries.register(["crm", "slack"], start);
      await current.events.append(newEvents(2));
      await route(current.deliveries, (id) => [
        planned("crm", { dueAt: start + (id === "evt_0" ? 20 : 10) }),
        planned("slack", { dueAt: start + 5 }),
      ]);
      expect([await next(), await next("other"), await next("crm"), await next("crm", "slack")]).toEqual([
        null,
        null,
        start + 10,
        start + 5,
      ]);
      await claim(current.deliveries, { now: start + 10 });
      expect(await next("crm", "other")).toBe(start + 20);
      await claim(current.deliveries, { now: start + 20 });
      expect(await next("crm")).toBe(start + 10 + minute);
    });

    test("no limit that makes no sense", async () => {
      for (const limit of [0, -1, 1.5, Number.NaN]) {
        await expect(claim(current.deliveries, { limit })).rejects.toThrow(RangeError);
        await expect(current.deliveries.unrouted(limit)).rejects.toThrow(RangeError);
      }
      expect(await listAll(current.deliveries)).toEqual([]);
    });
  });
}
