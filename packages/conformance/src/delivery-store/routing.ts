import { noIssues } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { expectBytes, newEvent, newEvents } from "../event-log/events.js";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import { claim, counted, finishAll, listAll, planned, prepare, route, start } from "./steps.js";

const accepted = { type: "identity.resolved", status: "accepted", ...noIssues } as const;

export function describeRouting(harness: DeliveryStoreHarness): void {
  describe("routes", () => {
    const current = useStores(harness);
    const unrouted = async (limit = 100): Promise<string[]> =>
      (await current.deliveries.unrouted(limit)).events.map(({ id }) => id);

    test("nothing in a new store", async () => {
      expect(await unrouted()).toEqual([]);
      expect(await current.deliveries.lag()).toBe(0);
      const { token } = await current.deliveries.unrouted(1);
      expect(await current.deliveries.plan(token, [], start)).toBe(true);
    });

    test("events in their order, as they were received, without conflicts", async () => {
      const raw = Uint8Array.from({ length: 256 }, (_, value) => value);
      await current.events.append([
        newEvent({ id: "b", raw }),
        newEvent({ id: "b", raw: "other" }),
        newEvent({ id: "a", status: "quarantined", type: null }),
        newEvent({ id: "a", status: "quarantined", type: null }),
        newEvent({ id: "c", status: "unrecognized" }),
      ]);
      expect(await current.deliveries.lag()).toBe(3);
      expect(await unrouted()).toEqual(["b", "a", "c"]);
      expect(await unrouted(2)).toEqual(["b", "a"]);
      const [first] = (await current.deliveries.unrouted(1)).events;
      expectBytes(first?.raw, raw);
      expect(first).toEqual(await current.events.get("b"));
    });

    test("at most 3 MiB of bodies at once", async () => {
      const raw = new Uint8Array(1_100_000);
      await current.events.append(newEvents(4).map((event) => ({ ...event, raw })));
      expect(await unrouted()).toEqual(["evt_0", "evt_1"]);
      await current.events.append([newEvent({ id: "large", raw: new Uint8Array(4_000_000) })]);
      expect(await route(current.deliveries, [])).toBe(5);
    });

    test("facts, deliveries and position in one step", async () => {
      await prepare(current, 3, (id) => (id === "evt_1" ? [] : [planned("crm")]));
      expect(await unrouted()).toEqual([]);
      expect(await current.deliveries.lag()).toBe(0);
      const claimed = await claim(current.deliveries);
      expect(claimed.map(({ eventId, facts }) => [eventId, facts])).toEqual([
        ["evt_0", { sessionId: "session of evt_0" }],
        ["evt_2", { sessionId: "session of evt_2" }],
      ]);
    });

    test("the first events of a batch, and then the others", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append(newEvents(5));
      const { token } = await current.deliveries.unrouted(5);
      const decision = (id: string) => ({ eventId: id, facts: undefined, deliveries: [planned("crm")] });
      expect(await current.deliveries.plan(token, [decision("evt_0"), decision("evt_1")], start)).toBe(true);
      expect(await unrouted()).toEqual(["evt_2", "evt_3", "evt_4"]);
      expect((await claim(current.deliveries)).map(({ eventId, facts }) => [eventId, facts])).toEqual([
        ["evt_0", undefined],
        ["evt_1", undefined],
      ]);
    });

    test("each batch once", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append(newEvents(2));
      const { token, events } = await current.deliveries.unrouted(2);
      const decisions = events.map(({ id }) => ({
        eventId: id,
        facts: undefined,
        deliveries: [planned("crm")],
      }));
      expect(await current.deliveries.plan(token, decisions, start)).toBe(true);
      expect(await current.deliveries.plan(token, decisions, start)).toBe(false);
      expect(await current.deliveries.plan(token, [], start)).toBe(false);
      expect(await current.deliveries.counts(start)).toEqual([counted({ open: 2, oldestDueAt: start })]);
    });

    test("nothing by a decision about another event, to an unknown destination, or with a foreign token", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append(newEvents(2));
      const { token } = await current.deliveries.unrouted(2);
      const decide = async (eventId: string, destination = "crm") =>
        current.deliveries.plan(
          token,
          [
            { eventId: "evt_0", facts: {}, deliveries: [planned("crm")] },
            { eventId, facts: undefined, deliveries: [planned(destination)] },
          ],
          start,
        );
      await expect(decide("evt_2")).rejects.toThrow(RangeError);
      await expect(decide("evt_0")).rejects.toThrow(RangeError);
      await expect(decide("evt_1", "unknown")).rejects.toThrow(RangeError);
      for (const foreign of ["", "x", "1-2", `${token}-1`, "-1-0-0", "1e3-0-0"])
        await expect(current.deliveries.plan(foreign, [], start)).rejects.toMatchObject({
          code: "invalid_cursor",
        });
      expect(await unrouted()).toEqual(["evt_0", "evt_1"]);
      expect(await current.deliveries.counts(start)).toEqual([counted()]);
    });

    test("skipped deliveries, which are never sent", async () => {
      const reason = { code: "filter_error" };
      await prepare(current, 1, [planned("crm", { state: "skipped", reason })]);
      expect(await claim(current.deliveries)).toEqual([]);
      const [skipped] = await listAll(current.deliveries);
      expect(skipped).toMatchObject({
        state: "skipped",
        reason,
        attempts: 0,
        dueAt: null,
        finishedAt: start,
      });
      expect(await current.deliveries.counts(start)).toEqual([counted({ skipped: 1 })]);
    });

    test("to a destination the events from its registration on", async () => {
      await current.events.append(newEvents(2, "before_"));
      await current.deliveries.register(["crm"], start);
      await current.events.append(newEvents(2, "after_"));
      await current.deliveries.register(["crm"], start + 1);
      await route(current.deliveries, [planned("crm")]);
      expect((await claim(current.deliveries)).map(({ eventId }) => eventId)).toEqual(["after_0", "after_1"]);
    });

    test("an event that a recheck has accepted, once to each destination", async () => {
      await current.deliveries.register(["crm", "archive"], start);
      await current.events.append([newEvent({ status: "quarantined" }), newEvent({ id: "evt_2" })]);
      await route(current.deliveries, (id) => [
        planned("archive"),
        ...(id === "evt_2" ? [planned("crm")] : []),
      ]);
      await finishAll(current.deliveries, "delivered", { destination: "archive" });
      await current.events.reclassify("evt_1", accepted);
      expect(await current.deliveries.lag()).toBe(1);
      const { events } = await current.deliveries.unrouted(10);
      expect(events).toEqual([await current.events.get("evt_1")]);
      expect(await route(current.deliveries, [planned("archive"), planned("crm")], start)).toBe(1);
      expect(await current.deliveries.lag()).toBe(0);
      expect((await claim(current.deliveries)).map(({ eventId }) => eventId)).toEqual(["evt_2", "evt_1"]);
      expect(await claim(current.deliveries, { destination: "archive" })).toEqual([]);
    });

    test("a rechecked event in place of a skipped delivery, but of no other", async () => {
      await current.deliveries.register(["crm", "slack"], start);
      await current.events.append([newEvent({ status: "quarantined" })]);
      const skipped = { state: "skipped", reason: { code: "filter" } } as const;
      await route(current.deliveries, [planned("crm", skipped), planned("slack", skipped)]);
      await current.events.reclassify("evt_1", accepted);
      await route(current.deliveries, [planned("crm"), planned("slack", skipped)], start + 5);
      expect(await current.deliveries.counts(start)).toEqual([
        counted({ open: 1, oldestDueAt: start }),
        counted({ destination: "slack", skipped: 1 }),
      ]);
      expect(await finishAll(current.deliveries, "dead")).toBe(1);
      await current.events.reclassify("evt_1", { ...accepted, status: "quarantined" });
      await current.events.reclassify("evt_1", accepted);
      await route(current.deliveries, [planned("crm")], start + 9);
      expect(await current.deliveries.counts(start)).toMatchObject([{ open: 0, dead: 1 }, { skipped: 1 }]);
    });

    test("a recheck between reading and deciding", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append([newEvent({ status: "quarantined" })]);
      const { token } = await current.deliveries.unrouted(1);
      await current.events.reclassify("evt_1", accepted);
      const nothing = { eventId: "evt_1", facts: undefined, deliveries: [] };
      expect(await current.deliveries.plan(token, [nothing], start)).toBe(true);
      expect(await unrouted()).toEqual(["evt_1"]);
      await route(current.deliveries, [planned("crm")]);
      expect(await claim(current.deliveries)).toHaveLength(1);
    });

    test("rechecks and new events alike, however many there are", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append(newEvents(20, "old_", { status: "quarantined" }));
      await route(current.deliveries, []);
      await current.events.append(newEvents(20, "new_"));
      for (let index = 0; index < 20; index++) await current.events.reclassify(`old_${index}`, accepted);
      const ids = await unrouted(10);
      expect(ids.filter((id) => id.startsWith("old"))).toHaveLength(5);
      expect(ids.filter((id) => id.startsWith("new"))).toHaveLength(5);
      expect(await current.deliveries.lag()).toBe(40);
      expect(await route(current.deliveries, [planned("crm")])).toBe(40);
      expect(await claim(current.deliveries)).toHaveLength(40);
    });
  });
}
