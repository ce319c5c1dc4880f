import { noIssues } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { listIds, newEvent, newEvents, noStats, recount } from "../event-log/events.js";
import { scanAll } from "../event-log/scan.js";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import {
  claim,
  claimOne,
  counted,
  finishAll,
  listAll,
  planned,
  prepare,
  pruneAll,
  route,
  settlement,
  start,
} from "./steps.js";

const ever = 9_000_000_000_000;
const accepted = { type: "identity.resolved", status: "accepted", ...noIssues } as const;

export function describePruning(harness: DeliveryStoreHarness): void {
  describe("prunes", () => {
    const current = useStores(harness);

    test("nothing outside the given limits", async () => {
      await prepare(current, 3);
      await finishAll(current.deliveries, "delivered");
      const nothing = { history: 0, events: 0, tombstones: 0 };
      expect(await pruneAll(current.deliveries, { now: ever })).toEqual(nothing);
      const early = { historyBefore: start, eventsBefore: 1, tombstonesBefore: 1, now: ever };
      expect(await pruneAll(current.deliveries, early)).toEqual(nothing);
      expect(await listAll(current.deliveries)).toHaveLength(3);
    });

    test("history with its attempts, in batches, and counts the rest", async () => {
      await prepare(current, 9);
      const [one, two, three, ...open] = await claim(current.deliveries, { limit: 5 });
      if (one === undefined || two === undefined || three === undefined)
        throw new Error("Too few were claimed");
      await current.deliveries.settle([
        settlement(one, { state: "delivered" }, { at: start + 5 }),
        settlement(two, { state: "dead" }, { at: start + 6 }),
        settlement(three, { state: "delivered" }, { at: start + 7 }),
      ]);
      const query = { historyBefore: start + 7, now: ever, limit: 1 };
      expect(await current.deliveries.prune(query)).toMatchObject({ history: 1 });
      expect(await current.deliveries.prune(query)).toMatchObject({ history: 1 });
      expect(await current.deliveries.prune(query)).toMatchObject({ history: 0 });
      for (const { id } of [one, two]) {
        expect(await current.deliveries.get(id)).toBeUndefined();
        expect(await current.deliveries.attempts(id)).toEqual([]);
        expect(await current.deliveries.requeue(id, start)).toBe(false);
      }
      expect(await current.deliveries.attempts(three.id)).toHaveLength(1);
      expect(open).toHaveLength(2);
      expect(await current.deliveries.counts(start)).toEqual([
        counted({ open: 6, delivered: 1, oldestDueAt: start }),
      ]);
    });

    test("history without forgetting that an event was sent", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append([newEvent({ status: "quarantined" })]);
      await route(current.deliveries, [planned("crm")]);
      await finishAll(current.deliveries, "delivered");
      expect(await pruneAll(current.deliveries, { historyBefore: ever, now: ever })).toMatchObject({
        history: 1,
      });
      const pairs = [{ eventId: "evt_1", destination: "crm" }];
      expect(await current.deliveries.matches("missing", pairs)).toEqual([false]);
      expect(await current.deliveries.matches("all", pairs)).toEqual([true]);
      await current.events.reclassify("evt_1", accepted);
      await route(current.deliveries, [planned("crm")]);
      expect(await listAll(current.deliveries)).toEqual([]);
    });

    test("events that are routed and have no open delivery, but not the newest", async () => {
      await prepare(current, 5, (id) => (id === "evt_1" ? [planned("crm")] : []));
      expect(await pruneAll(current.deliveries, { eventsBefore: ever, now: ever })).toMatchObject({
        events: 3,
      });
      expect(await listIds(current.events)).toEqual(["evt_4", "evt_1"]);
      expect(await current.events.stats()).toEqual({ ...noStats, accepted: 2 });
      expect(await current.events.get("evt_0")).toBeUndefined();
      expect(await current.events.versions("evt_0")).toEqual([]);
      expect(await current.events.reclassify("evt_0", accepted)).toBe(false);
      await current.events.append(newEvents(1, "new_"));
      expect(await pruneAll(current.deliveries, { eventsBefore: ever, now: ever })).toMatchObject({
        events: 1,
      });
      await route(current.deliveries, [planned("crm")]);
      await finishAll(current.deliveries, "delivered");
      await current.events.append(newEvents(1, "newer_"));
      expect(await pruneAll(current.deliveries, { eventsBefore: ever, now: ever })).toMatchObject({
        events: 2,
      });
      expect(await listIds(current.events)).toEqual(["newer_0"]);
      expect((await scanAll(current.events, { limit: 2 })).map(({ id }) => id)).toEqual(["newer_0"]);
      expect(await current.events.stats()).toEqual(await recount(current.events));
    });

    test("no event that waits for its routing after a recheck", async () => {
      await prepare(current, 1, []);
      await current.events.append(newEvents(2, "q_", { status: "quarantined" }));
      await route(current.deliveries, []);
      await current.events.reclassify("q_0", accepted);
      expect(await pruneAll(current.deliveries, { eventsBefore: ever, now: ever })).toMatchObject({
        events: 1,
      });
      await route(current.deliveries, [planned("crm")]);
      expect(await claimOne(current.deliveries)).toMatchObject({ eventId: "q_0" });
    });

    test("an event with all its versions, when every one is old", async () => {
      await prepare(current, 0);
      const conflict = (id: string, receivedAt: number) =>
        newEvent({ id, raw: `conflict ${id}`, receivedAt });
      await current.events.append([newEvent({ id: "a" }), newEvent({ id: "b" })]);
      await current.events.append([
        conflict("a", start),
        conflict("b", start + 99),
        newEvent({ id: "last" }),
      ]);
      await route(current.deliveries, []);
      const query = { eventsBefore: start + 1, now: start };
      expect(await pruneAll(current.deliveries, query)).toMatchObject({ events: 1 });
      expect(await listIds(current.events)).toEqual(["last", "b", "b"]);
      expect(await current.events.stats()).toEqual({ ...noStats, accepted: 2, conflicts: 1 });
    });

    test("events behind many that must stay", async () => {
      await prepare(current, 400, (id) => (Number(id.slice(4)) < 300 ? [planned("crm")] : []));
      expect(await pruneAll(current.deliveries, { eventsBefore: ever, now: ever })).toMatchObject({
        events: 99,
      });
      await finishAll(current.deliveries, "delivered");
      expect(await pruneAll(current.deliveries, { eventsBefore: ever, now: ever })).toMatchObject({
        events: 300,
      });
    });

    test("to a tombstone: a late message with its id is a duplicate, whatever its bytes, until that is pruned too", async () => {
      await prepare(current, 2, []);
      await pruneAll(current.deliveries, { eventsBefore: ever, now: start });
      const late = [
        newEvent({ id: "evt_0" }),
        newEvent({ id: "evt_0", raw: "other" }),
        newEvent({ id: "evt_x" }),
      ];
      expect(await current.events.append(late)).toEqual(["duplicate", "duplicate", "stored"]);
      expect(await current.events.stats()).toEqual({ ...noStats, accepted: 2, duplicates: 2 });
      const kept = { tombstonesBefore: start, now: ever };
      expect(await pruneAll(current.deliveries, kept)).toMatchObject({ tombstones: 0 });
      const gone = { tombstonesBefore: start + 1, now: ever };
      expect(await pruneAll(current.deliveries, gone)).toMatchObject({ tombstones: 1 });
      expect(await current.events.append(late.slice(0, 1))).toEqual(["stored"]);
      expect(await route(current.deliveries, [planned("crm")])).toBe(2);
      expect(await claim(current.deliveries)).toHaveLength(2);
    });

    test("an event before its history, which remains without it", async () => {
      await prepare(current, 2);
      await finishAll(current.deliveries, "dead");
      await pruneAll(current.deliveries, { eventsBefore: ever, now: start });
      const [delivery, ...others] = await listAll(current.deliveries, { event: "evt_0" });
      expect(others).toEqual([]);
      expect(delivery).toMatchObject({ eventId: "evt_0", eventType: newEvent().type, state: "dead" });
      expect(await current.deliveries.requeue(delivery?.id ?? "", start)).toBe(false);
      const pairs = [{ eventId: "evt_0", destination: "crm" }];
      expect(await current.deliveries.matches("failed", pairs)).toEqual([false]);
      expect(await current.deliveries.counts(start)).toEqual([counted({ dead: 2 })]);
      const all = { historyBefore: ever, now: ever };
      expect(await pruneAll(current.deliveries, all)).toMatchObject({ history: 2 });
    });

    test("replays with their history", async () => {
      await prepare(current, 1);
      const spec = { destinations: ["crm"], kind: "all", rate: 1 } as const;
      const { id } = await current.deliveries.createReplay(spec, start);
      const deliveries = [{ eventId: "evt_0", facts: undefined, planned: planned("crm") }];
      await current.deliveries.planReplay({ id, from: null, to: "x", done: true, deliveries, now: start });
      await pruneAll(current.deliveries, { historyBefore: ever, now: ever });
      expect(await current.deliveries.replay(id)).toMatchObject({ state: "done" });
      await finishAll(current.deliveries, "delivered", { class: "replay" });
      await pruneAll(current.deliveries, { historyBefore: ever, now: ever });
      expect(await current.deliveries.replay(id)).toBeUndefined();
      expect((await current.deliveries.createReplay(spec, start)).id).not.toBe(id);
    });
  });
}
