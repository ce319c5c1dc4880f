import { noIssues, type Replay, type ReplayKind, type ReplaySpec, type ReplayStep } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvent, newEvents } from "../event-log/events.js";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import {
  claim,
  claimOne,
  counted,
  finishAll,
  listAll,
  minute,
  planned,
  prepare,
  route,
  settlement,
  start,
} from "./steps.js";

const spec: ReplaySpec = {
  destinations: ["crm"],
  kind: "all",
  status: "accepted",
  type: "t",
  from: 1,
  to: 2,
  when: "has(person)",
  events: ["evt_0"],
  rate: 20,
};
const none = { waiting: 0, delivering: 0, delivered: 0, skipped: 0, dead: 0 };

export function describeReplays(harness: DeliveryStoreHarness): void {
  describe("replays", () => {
    const current = useStores(harness);
    const begin = async (kind: ReplayKind) =>
      (await current.deliveries.createReplay({ ...spec, kind }, start)).id;
    const plan = async (id: string, events: readonly string[], fields: Partial<ReplayStep> = {}) =>
      current.deliveries.planReplay({
        id,
        from: null,
        to: "p1",
        done: false,
        now: start,
        deliveries: events.map((eventId) => ({ eventId, facts: undefined, planned: planned("crm") })),
        ...fields,
      });
    const matching = async (kind: ReplayKind, ...events: string[]) => {
      const pairs = events.map((eventId) => ({ eventId, destination: "crm" }));
      const matches = await current.deliveries.matches(kind, pairs);
      return events.filter((_, index) => matches[index]);
    };

    test("are created, found and listed", async () => {
      const one = await current.deliveries.createReplay(spec, start);
      expect(one).toEqual({
        id: expect.any(String) as string,
        spec,
        state: "running",
        createdAt: start,
        finishedAt: null,
        position: null,
        end: expect.any(String) as string,
        matched: 0,
        counts: none,
      });
      const two = await current.deliveries.createReplay(
        { destinations: [], kind: "missing", rate: 1 },
        start,
      );
      expect(await current.deliveries.replay(one.id)).toEqual(one);
      const page = (replays: readonly Replay[]) => ({ replays, nextCursor: null });
      expect(await current.deliveries.replays({ limit: 2 })).toEqual(page([two, one]));
      expect(await current.deliveries.replays({ state: "running", limit: 500 })).toEqual(page([two, one]));
      expect(await current.deliveries.replays({ state: "done", limit: 2 })).toEqual(page([]));
      const first = await current.deliveries.replays({ limit: 1 });
      expect(first).toEqual({ replays: [two], nextCursor: expect.any(String) as string });
      const cursor = first.nextCursor ?? "";
      expect(await current.deliveries.replays({ limit: 1, cursor })).toEqual(page([one]));
      for (const limit of [0, 501, 1.5])
        await expect(current.deliveries.replays({ limit })).rejects.toThrow(RangeError);
      await expect(current.deliveries.replays({ limit: 1, cursor: "none" })).rejects.toMatchObject({
        code: "invalid_cursor",
      });
      for (const id of ["", "none", "rpl_0", "rpl_99", "dlv_1"]) {
        expect(await current.deliveries.replay(id)).toBeUndefined();
        expect(await current.deliveries.cancelReplay(id, start)).toBe(false);
        expect(await plan(id, [])).toBe(false);
      }
    });

    test("step by step, each step once", async () => {
      await prepare(current, 4);
      await finishAll(current.deliveries, "delivered");
      const id = await begin("all");
      expect(await plan(id, ["evt_0", "evt_1"])).toBe(true);
      expect(await plan(id, ["evt_0", "evt_1"])).toBe(false);
      expect(await plan(id, ["evt_1", "evt_2"], { from: "p1", to: "p2", done: true, now: start + 9 })).toBe(
        true,
      );
      expect(await plan(id, ["evt_3"], { from: "p2" })).toBe(false);
      expect(await current.deliveries.replay(id)).toMatchObject({
        state: "done",
        finishedAt: start + 9,
        position: "p2",
        matched: 3,
        counts: { ...none, waiting: 3 },
      });
      expect(await claim(current.deliveries)).toEqual([]);
      const [one, two] = await claim(current.deliveries, { class: "replay" });
      if (one === undefined || two === undefined) throw new Error("Too few were claimed");
      expect(one).toMatchObject({ replay: id, eventId: "evt_0", attempts: 1, used: 1 });
      await current.deliveries.settle([
        settlement(one, { state: "delivered" }),
        settlement(two, { state: "waiting", dueAt: start + 5, used: true }),
      ]);
      const counts = { ...none, delivered: 1, waiting: 1, delivering: 1 };
      expect((await current.deliveries.replay(id))?.counts).toEqual(counts);
      expect(await claim(current.deliveries, { class: "retry", now: start + 5 })).toEqual([]);
      expect(await claim(current.deliveries, { class: "replay", now: start + 5 })).toHaveLength(1);
    });

    test("of events from before the registration, with their facts", async () => {
      await current.events.append(newEvents(1));
      await route(current.deliveries, []);
      await current.deliveries.register(["crm"], start);
      const facts = { companyName: "Example" };
      const deliveries = [{ eventId: "evt_0", facts, planned: planned("crm") }];
      await plan(await begin("missing"), [], { deliveries });
      expect((await claimOne(current.deliveries, { class: "replay" })).facts).toEqual(facts);
    });

    test("to registered destinations only", async () => {
      await prepare(current, 1);
      const deliveries = [{ eventId: "evt_0", facts: undefined, planned: planned("other") }];
      const id = await begin("all");
      await expect(plan(id, [], { deliveries })).rejects.toThrow(RangeError);
      expect(await current.deliveries.replay(id)).toMatchObject({ position: null, matched: 0 });
    });

    test("until the position of the router, or the registration of a destination if it is later", async () => {
      await prepare(current, 3);
      const within = async (end: string | null) => {
        const { events } = await current.events.scan({ limit: 500 });
        const positions = events.map(({ position }) => position);
        return events[(await current.deliveries.countUntil(end ?? "", positions)) - 1]?.id;
      };
      const { id, end } = await current.deliveries.createReplay(spec, start);
      expect(await current.deliveries.replayEnd(["crm", "unknown"])).toBe(end);
      expect(await within(end)).toBe("evt_2");
      await current.events.append([newEvent({ id: "unrouted" })]);
      expect(await within(await current.deliveries.replayEnd(["crm"]))).toBe("evt_2");
      await current.deliveries.register(["slack"], start);
      expect(await within(await current.deliveries.replayEnd(["slack"]))).toBe("unrouted");
      expect(await within(await current.deliveries.replayEnd(["crm", "slack"]))).toBe("unrouted");
      await current.events.append([newEvent({ id: "last" })]);
      await route(current.deliveries, []);
      expect(await within(await current.deliveries.replayEnd(["crm"]))).toBe("last");
      expect((await current.deliveries.replay(id))?.end).toBe(end);
    });

    test("of each kind, and the dry run finds the same", async () => {
      await current.deliveries.register(["crm"], start);
      const ids = ["open", "delivered", "skipped", "unfiltered", "dead", "missing", "rescued"];
      await current.events.append(ids.map((id) => newEvent({ id })));
      await current.events.append([newEvent({ id: "open", raw: "conflict" })]);
      const codes: Record<string, string> = { skipped: "skip_bots", unfiltered: "filter_error" };
      const skipped = (code: string) => ({ state: "skipped", reason: { code } }) as const;
      await route(current.deliveries, (id) =>
        id === "missing" ? [] : [planned("crm", codes[id] === undefined ? {} : skipped(codes[id]))],
      );
      const claimed = await claim(current.deliveries);
      const ended = claimed.filter(({ eventId }) => eventId !== "open");
      await current.deliveries.settle(
        ended.map((each) => settlement(each, { state: each.eventId === "delivered" ? "delivered" : "dead" })),
      );
      await plan(await begin("failed"), ["rescued"]);
      await finishAll(current.deliveries, "delivered", { class: "replay" });
      const expected = { all: ids, missing: ["unfiltered", "missing"], failed: ["dead"] };
      for (const kind of ["all", "missing", "failed"] as const) {
        expect(await matching(kind, ...ids, "unknown")).toEqual(expected[kind]);
        const other = [{ eventId: "dead", destination: "unknown" }];
        expect(await current.deliveries.matches(kind, other)).toEqual([kind !== "failed"]);
      }
      // In the end the others do not match any more: these have a delivery.
      for (const kind of ["missing", "failed", "all"] as const) {
        const id = await begin(kind);
        await plan(id, [...ids, "unknown"]);
        expect((await current.deliveries.replay(id))?.matched).toBe(expected[kind].length);
        expect(await matching(kind, ...ids)).toEqual(kind === "all" ? ids : []);
      }
    });

    test.each(["missing", "all"] as const)(
      "of kind %s leave events that are not routed to the router",
      async (kind) => {
        await current.deliveries.register(["crm"], start);
        await current.events.append(newEvents(1));
        const { token } = await current.deliveries.unrouted(10);
        expect(await matching(kind, "evt_0")).toEqual([]);
        const id = await begin(kind);
        expect(await plan(id, ["evt_0"])).toBe(true);
        expect((await current.deliveries.replay(id))?.matched).toBe(0);
        const decisions = [{ eventId: "evt_0", facts: undefined, deliveries: [planned("crm")] }];
        expect(await current.deliveries.plan(token, decisions, start)).toBe(true);
        expect(await listAll(current.deliveries)).toMatchObject([{ eventId: "evt_0", replay: null }]);
        expect(await matching(kind, "evt_0")).toEqual(kind === "all" ? ["evt_0"] : []);
      },
    );

    test.each(["missing", "all"] as const)(
      "of kind %s leave a rechecked event to the router, unless it was sent before",
      async (kind) => {
        await current.deliveries.register(["crm"], start);
        const ids = ["evt_0", "skipped", "sent"];
        await current.events.append(ids.map((id) => newEvent({ id, status: "quarantined" })));
        const filtered = planned("crm", { state: "skipped", reason: { code: "filter" } });
        const before = { evt_0: [], skipped: [filtered], sent: [planned("crm")] } as const;
        await route(current.deliveries, (id) => before[id as "evt_0"]);
        expect(await matching("missing", ...ids)).toEqual(["evt_0"]);
        for (const id of ids)
          await current.events.reclassify(id, { type: "t", status: "accepted", ...noIssues });
        expect(await matching(kind, ...ids)).toEqual(kind === "all" ? ["sent"] : []);
        await plan(await begin(kind), ids);
        await route(current.deliveries, [planned("crm")]);
        const sent = (await listAll(current.deliveries)).toReversed();
        expect(sent.filter(({ replay }) => replay === null).map(({ eventId }) => eventId)).toEqual([
          "sent",
          "evt_0",
          "skipped",
        ]);
        expect(sent.map(({ state }) => state)).not.toContain("skipped");
        expect(sent).toHaveLength(kind === "all" ? 4 : 3);
      },
    );

    test.each(["missing", "all"] as const)(
      "of kind %s send events from before the registration also while they are not routed",
      async (kind) => {
        await current.events.append(newEvents(1));
        await current.deliveries.register(["crm"], start);
        expect(await matching(kind, "evt_0")).toEqual(["evt_0"]);
        const id = await begin(kind);
        await plan(id, ["evt_0"]);
        await route(current.deliveries, [planned("crm")]);
        expect(await listAll(current.deliveries)).toMatchObject([{ eventId: "evt_0", replay: id }]);
      },
    );

    test("dead letters, which are dead letters until the replay has delivered them", async () => {
      await prepare(current, 2);
      await finishAll(current.deliveries, "dead");
      await plan(await begin("failed"), ["evt_0", "evt_1"]);
      expect(await current.deliveries.counts(start)).toEqual([
        counted({ open: 2, dead: 2, oldestDueAt: start }),
      ]);
      const [one, two] = await claim(current.deliveries, { class: "replay" });
      if (one === undefined || two === undefined) throw new Error("Too few were claimed");
      await current.deliveries.settle([
        settlement(one, { state: "delivered" }),
        settlement(two, { state: "dead" }),
      ]);
      expect(await current.deliveries.counts(start)).toEqual([
        counted({ dead: 2, delivered: 1, skipped: 1 }),
      ]);
      expect(await matching("failed", "evt_0", "evt_1")).toEqual(["evt_1"]);
      const [first] = (await listAll(current.deliveries, { event: "evt_0" })).toReversed();
      expect(first).toMatchObject({ state: "skipped", reason: { code: "replayed" }, replay: null });
      const again = await begin("failed");
      await plan(again, ["evt_0", "evt_1"]);
      expect((await current.deliveries.replay(again))?.matched).toBe(1);
      await finishAll(current.deliveries, "delivered", { class: "replay" });
      expect(await current.deliveries.counts(start)).toEqual([counted({ delivered: 2, skipped: 3 })]);
    });

    test("dead letters, also those that a retry of another delivery has delivered", async () => {
      await prepare(current, 1);
      await finishAll(current.deliveries, "dead");
      await plan(await begin("failed"), ["evt_0"]);
      await finishAll(current.deliveries, "dead", { class: "replay" });
      expect(await current.deliveries.counts(start)).toEqual([counted({ dead: 2 })]);
      const live = (await listAll(current.deliveries)).find(({ replay }) => replay === null);
      if (live === undefined) throw new Error("The live delivery is missing");
      await current.deliveries.requeue(live.id, start + 1);
      await finishAll(current.deliveries, "delivered", { class: "retry", now: start + 2 });
      expect(await current.deliveries.counts(start)).toEqual([counted({ delivered: 1, skipped: 1 })]);
      expect(await matching("failed", "evt_0")).toEqual([]);
    });

    test("can be cancelled while they run", async () => {
      await prepare(current, 3);
      await finishAll(current.deliveries, "dead");
      const id = await begin("failed");
      await plan(id, ["evt_0", "evt_1", "evt_2"]);
      const [sent] = await claim(current.deliveries, { class: "replay", limit: 1 });
      if (sent === undefined) throw new Error("Nothing was claimed");
      expect(await current.deliveries.cancelReplay(id, start + 3)).toBe(true);
      expect(await current.deliveries.replay(id)).toMatchObject({
        state: "cancelled",
        finishedAt: start + 3,
        matched: 3,
        counts: { ...none, delivering: 1 },
      });
      expect(await plan(id, ["evt_1"], { from: "p1" })).toBe(false);
      expect(await claim(current.deliveries, { class: "replay" })).toEqual([]);
      const next = { state: "waiting", dueAt: start, used: true } as const;
      expect(await current.deliveries.settle([settlement(sent, next)])).toEqual(["settled"]);
      const cancelled = { state: "skipped", reason: { code: "replay_cancelled" } };
      expect(await current.deliveries.get(sent.id)).toMatchObject(cancelled);
      expect(await current.deliveries.cancelReplay(id, start + 4)).toBe(false);
      expect(await current.deliveries.counts(start)).toEqual([counted({ dead: 3, skipped: 1 })]);
      expect(await matching("failed", "evt_0", "evt_1", "evt_2")).toHaveLength(3);
    });

    test("can be cancelled when they are done, until everything has ended", async () => {
      await prepare(current, 2);
      await finishAll(current.deliveries, "delivered");
      const id = await begin("all");
      await plan(id, ["evt_0", "evt_1"], { done: true });
      await claim(current.deliveries, { class: "replay", limit: 1 });
      // After the end of its lease, a delivery belongs to no process.
      expect(await current.deliveries.cancelReplay(id, start + minute)).toBe(true);
      expect(await current.deliveries.replay(id)).toMatchObject({ state: "cancelled", counts: none });
      expect(await current.deliveries.counts(start)).toEqual([counted({ delivered: 2 })]);
      const ended = await begin("all");
      await plan(ended, [], { done: true });
      expect(await current.deliveries.cancelReplay(ended, start)).toBe(false);
      expect((await current.deliveries.replay(ended))?.state).toBe("done");
    });

    test("that are cancelled send nothing more, even when the process that was sending is killed", async () => {
      await prepare(current, 3);
      await finishAll(current.deliveries, "delivered");
      const id = await begin("all");
      await plan(id, ["evt_0", "evt_1", "evt_2"]);
      // Three processes: one is killed, one answers late, one extends its lease.
      for (const owner of ["killed", "late", "alive"])
        await claim(current.deliveries, { class: "replay", limit: 1, owner });
      const [alive, late, killed] = await listAll(current.deliveries, { replay: id });
      if (alive === undefined || late === undefined || killed === undefined) throw new Error("Too few");
      expect(await current.deliveries.cancelReplay(id, start + 3)).toBe(true);
      await current.deliveries.extend([{ id: alive.id, attempt: 1 }], "alive", 9 * minute, start);
      const over = start + 2 * minute;
      for (const kind of ["new", "retry", "replay"] as const)
        expect(await claim(current.deliveries, { class: kind, now: over, owner: "next" })).toEqual([]);
      for (const each of [killed, late]) expect(await current.deliveries.get(each.id)).toBeUndefined();
      const sent = [
        settlement(late, { state: "delivered" }, { owner: "late" }),
        settlement(alive, { state: "delivered" }, { owner: "alive" }),
      ];
      expect(await current.deliveries.settle(sent)).toEqual(["lease_lost", "settled"]);
      expect((await current.deliveries.replay(id))?.counts).toEqual({ ...none, delivered: 1 });
      expect(await current.deliveries.nextDueAt(["crm"])).toBeNull();
      expect(await current.deliveries.counts(over)).toEqual([counted({ delivered: 4 })]);
    });

    test("that are cancelled do not take what is sent again on purpose with them", async () => {
      await prepare(current, 1);
      const id = await begin("all");
      await plan(id, ["evt_0"], { done: true });
      const delivery = await claimOne(current.deliveries, { class: "replay" });
      await current.deliveries.cancelReplay(id, start);
      await current.deliveries.settle([settlement(delivery, { state: "dead" })]);
      expect(await current.deliveries.requeue(delivery.id, start)).toBe(true);
      await current.deliveries.prune({ now: start + minute, limit: 10 });
      const again = await claimOne(current.deliveries, { class: "retry" });
      expect(again).toMatchObject({ id: delivery.id, replay: id, used: 1 });
      const next = { state: "waiting", dueAt: start, used: true } as const;
      await current.deliveries.settle([settlement(again, next)]);
      expect(await claimOne(current.deliveries, { class: "retry" })).toMatchObject({ id: delivery.id });
    });

    test("count what becomes of a delivery that is requeued", async () => {
      await prepare(current, 1);
      const id = await begin("all");
      await plan(id, ["evt_0"], { done: true });
      await finishAll(current.deliveries, "dead", { class: "replay" });
      const [delivery] = await listAll(current.deliveries, { replay: id });
      expect(await current.deliveries.requeue(delivery?.id ?? "", start)).toBe(true);
      expect((await current.deliveries.replay(id))?.counts).toEqual({ ...none, waiting: 1 });
      expect(await claimOne(current.deliveries, { class: "replay" })).toMatchObject({ attempts: 2, used: 1 });
    });
  });
}
