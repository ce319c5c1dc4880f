import type { PersonQuery } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import {
  claimOne,
  counted,
  finishAll,
  listAll,
  planned,
  pruneAll,
  settlement,
  start,
} from "../delivery-store/steps.js";
import { listIds, newEvent, newEvents, recount } from "../event-log/events.js";
import { scanAll } from "../event-log/scan.js";
import { type PrivacyStoreHarness, usePrivacyStores } from "./harness.js";
import { collect, jane, store, toCrm, visit } from "./steps.js";

const ever = 9_000_000_000_000;
const now = start + 1000;
const everything = { email: jane.email, vid: "v1", sid: "s1" };

export function describeErasing(harness: PrivacyStoreHarness): void {
  describe("erases", () => {
    const current = usePrivacyStores(harness);

    test("events, deliveries and attempts, and nothing of others", async () => {
      await store(
        current,
        [
          visit("other", { vid: "v2" }),
          visit("one", everything),
          visit("two", { vid: "v1" }),
          visit("last", {}),
        ],
        (id) => (id === "two" ? [planned("archive")] : [planned("crm")]),
      );
      await finishAll(current.deliveries, "delivered");
      await current.events.append([newEvent({ id: "one", raw: "other bytes" })]);
      expect(await current.privacy.find(jane)).toMatchObject({ events: 3, deliveries: 2, attempts: 1 });
      expect(await current.privacy.erase(jane, now)).toEqual({
        at: now,
        events: 3,
        sessions: 0,
        people: 0,
        remainingPeople: 0,
        pageViews: 0,
        deliveries: 2,
        attempts: 1,
        tombstones: 2,
        cancelled: 1,
        cancelledReplays: 0,
        deliveredTo: ["crm"],
      });
      expect(await listIds(current.events)).toEqual(["last", "other"]);
      expect(await current.events.stats()).toEqual(await recount(current.events));
      expect((await listAll(current.deliveries)).map(({ eventId }) => eventId)).toEqual(["last", "other"]);
      expect(await current.deliveries.counts(now)).toEqual([
        counted({ destination: "archive" }),
        counted({ delivered: 2 }),
      ]);
      expect(await current.privacy.find(jane)).toMatchObject({ eventIds: [], deliveries: 0, attempts: 0 });
      expect(await collect(current.privacy.export(jane))).toEqual([]);
      const again = await current.privacy.erase(jane, now + 1);
      expect(again).toMatchObject({ at: now + 1, events: 0, tombstones: 0, deliveredTo: [] });
    });

    test("so that a later message with its id stays a duplicate, whatever retention deletes", async () => {
      await store(current, [visit("one", everything), visit("last", {})]);
      await current.privacy.erase(jane, start);
      await pruneAll(current.deliveries, { tombstonesBefore: ever, eventsBefore: ever, now: ever });
      const repeated = [visit("one", everything), newEvent({ id: "one", raw: "other bytes" })];
      expect(await current.events.append(repeated)).toEqual(["duplicate", "duplicate"]);
      expect(await current.events.get("one")).toBeUndefined();
      expect(await current.deliveries.lag()).toBe(0);
    });

    test("the newest events, and readers that are past them get the next ones", async () => {
      await store(current, [visit("first", {}), visit("one", everything)], toCrm);
      await current.events.append([newEvent({ id: "one", raw: "conflict" })]);
      const { position } = await current.events.scan({ limit: 100 });
      await current.privacy.erase(jane, now);
      await current.deliveries.register(["new"], now);
      expect((await current.events.scan({ limit: 100, after: position })).events).toEqual([]);
      await store(current, newEvents(2, "next_"), () => [planned("crm"), planned("new")]);
      const { events } = await current.events.scan({ limit: 100, after: position });
      expect(events.map(({ id }) => id)).toEqual(["next_0", "next_1"]);
      expect((await scanAll(current.events, { limit: 1 })).map(({ id }) => id)).toEqual([
        "first",
        "next_0",
        "next_1",
      ]);
      expect(await listAll(current.deliveries, { destination: "new" })).toHaveLength(2);
      expect(await current.events.stats()).toEqual(await recount(current.events));
    });

    test("everything there is", async () => {
      await store(current, [visit("one", everything), visit("two", everything)], toCrm);
      expect(await current.privacy.erase(jane, now)).toMatchObject({
        events: 2,
        cancelled: 2,
        tombstones: 2,
      });
      await store(current, newEvents(1), toCrm);
      expect(await listIds(current.events)).toEqual(["evt_0"]);
      expect(await listAll(current.deliveries)).toHaveLength(1);
    });

    test("a delivery under way: its attempt loses the lease", async () => {
      await store(current, [visit("one", everything), visit("last", {})], (id) =>
        id === "one" ? toCrm() : [],
      );
      const claimed = await claimOne(current.deliveries);
      expect(await current.privacy.erase(jane, now)).toMatchObject({ cancelled: 1, deliveredTo: ["crm"] });
      const late = settlement(claimed, { state: "delivered" });
      expect(await current.deliveries.settle([late])).toEqual(["lease_lost"]);
      expect(await current.deliveries.extend([{ id: claimed.id, attempt: 1 }], "one", 1000, now)).toEqual([
        "lease_lost",
      ]);
      expect(await current.deliveries.attempts(claimed.id)).toEqual([]);
      expect(await current.deliveries.requeue(claimed.id, now)).toBe(false);
    });

    test("events that a router is deciding about: its plan is refused, and the next one takes the others", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append([visit("one", everything), ...newEvents(1)]);
      const { events, token } = await current.deliveries.unrouted(10);
      const plan = (ids: readonly { id: string }[]) =>
        ids.map(({ id }) => ({ eventId: id, facts: undefined, deliveries: toCrm() }));
      await current.privacy.erase(jane, now);
      expect(await current.deliveries.plan(token, plan(events), now)).toBe(false);
      const next = await current.deliveries.unrouted(10);
      expect(next.events.map(({ id }) => id)).toEqual(["evt_0"]);
      expect(await current.deliveries.plan(next.token, plan(next.events), now)).toBe(true);
      expect(await listAll(current.deliveries)).toHaveLength(1);
    });

    test("an event that waits for routing after a recheck", async () => {
      await store(current, [visit("one", everything, { status: "quarantined" }), visit("last", {})]);
      const accepted = {
        type: "identity.resolved",
        status: "accepted",
        issues: [],
        total: 0,
        exact: true,
      } as const;
      await current.events.reclassify("one", accepted);
      expect(await current.deliveries.lag()).toBe(1);
      await current.privacy.erase(jane, now);
      expect(await current.deliveries.lag()).toBe(0);
      expect(await current.events.reclassify("one", accepted)).toBe(false);
    });

    test("the keys of cooldowns", async () => {
      const cooldown = { key: `person:${jane.email}`, ms: 1_000_000 };
      const plan = () => [planned("crm", { cooldown })];
      await store(current, [visit("one", everything)], plan);
      await current.privacy.erase(jane, now);
      await store(current, [visit("two", { vid: "v9" })], plan);
      expect(await listAll(current.deliveries)).toMatchObject([{ eventId: "two", state: "waiting" }]);
    });

    test("the filters of replays, and ends those that run with one", async () => {
      const spec = { destinations: ["crm"], kind: "all", rate: 1 } as const;
      const when = `person.email == "${jane.email.toUpperCase()}"`;
      await store(current, [visit("one", everything), visit("last", {})]);
      const { id } = await current.deliveries.createReplay({ ...spec, when }, start);
      const other = await current.deliveries.createReplay({ ...spec, when: "true" }, start);
      const ended = await current.deliveries.createReplay(
        { ...spec, when: 'person.lastName == "Doe"' },
        start,
      );
      expect(await current.deliveries.cancelReplay(ended.id, start)).toBe(true);
      expect(await current.privacy.erase(jane, now)).toMatchObject({ cancelledReplays: 1 });
      expect(await current.deliveries.replay(id)).toMatchObject({
        state: "cancelled",
        finishedAt: now,
        spec,
      });
      for (const one of [id, ended.id])
        expect((await current.deliveries.replay(one))?.spec.when).toBeUndefined();
      expect(await current.deliveries.replay(other.id)).toEqual(other);
    });

    const everyDelivery = { destinations: ["crm"], kind: "all", rate: 1 } as const;

    test.each<[PersonQuery, string]>([
      [{ email: "jürgen@xn--mller-kva.de" }, 'person.email == "Jürgen@müller.de"'],
      [{ email: "jane.doe@example.com" }, "person.email == 'jane.doe\\u0040example.com'"],
      [{ linkedin: "https://uk.linkedin.com/in/Zed-X/" }, 'x == "https://www.linkedin.com/in/zed-x"'],
      [{ linkedin: "zéd" }, 'x == "https://www.linkedin.com/in/z%C3%A9d"'],
      [{ linkedin: "zed-x" }, 'person.linkedinUrl.endsWith("/in/zed-x")'],
      [{ linkedin: "https://linkedin.com/in/ACoAA_1" }, 'person.linkedinId == "ACoAA_1"'],
      [{ visitorId: "vis_1" }, "session.visitorId == 'vis_1'"],
      [{ sessionId: "s1" }, 'session.id in ["s0", "s1"]'],
    ])("of %o a running replay with the filter %s", async (query, when) => {
      const { id } = await current.deliveries.createReplay({ ...everyDelivery, when }, start);
      // Nothing is stored about the person.
      expect(await current.privacy.erase(query, now)).toMatchObject({ events: 0, cancelledReplays: 1 });
      const after = await current.deliveries.replay(id);
      expect([after?.state, after?.spec.when]).toEqual(["cancelled", undefined]);
    });

    test.each<[PersonQuery, string]>([
      [{ email: "ann.lee@example.com" }, 'person.email == "joann.lee@example.com"'],
      [{ linkedin: "zed-x" }, 'x == "https://www.linkedin.com/in/joe-zed-x"'],
      [{ linkedin: "zed-x" }, 'x == "https://www.linkedin.com/in/zed-x-2"'],
      [{ linkedin: "person" }, "has(person.email)"],
      [{ linkedin: "https://linkedin.com/in/ACoAA_1" }, 'person.linkedinId == "ACoAA_12"'],
      [{ visitorId: "1" }, 'pages.exists(p, p.like("/pricing1*"))'],
      [{ sessionId: "session" }, "has(session.id)"],
    ])("not, of %o, a replay with the filter %s, running or ended", async (query, when) => {
      const running = await current.deliveries.createReplay({ ...everyDelivery, when }, start);
      const ended = await current.deliveries.createReplay({ ...everyDelivery, when }, start);
      await current.deliveries.cancelReplay(ended.id, start);
      const before = await current.deliveries.replay(ended.id);
      expect(await current.privacy.erase(query, now)).toMatchObject({ events: 0, cancelledReplays: 0 });
      expect(await current.deliveries.replay(running.id)).toEqual(running);
      expect(await current.deliveries.replay(ended.id)).toEqual(before);
    });

    test("the excerpt of an answer in the state of a destination", async () => {
      await store(current, [visit("one", everything), visit("last", {})], toCrm);
      await finishAll(current.deliveries, "dead");
      const row = (await current.deliveries.destinations()).find(({ name }) => name === "crm");
      if (row === undefined) throw new Error("The destination is missing");
      const reason = { code: "http_500", status: 500, excerpt: "Jane Doe is unknown" };
      await current.deliveries.saveDestination(
        "crm",
        { ...row.state, status: "blocked", reason },
        row.version,
      );
      await current.privacy.erase(jane, now);
      const after = (await current.deliveries.destinations()).find(({ name }) => name === "crm");
      expect(after?.state.reason).toEqual({ code: "http_500", status: 500 });
      expect(await current.deliveries.saveDestination("crm", row.state, row.version + 1)).toBe(false);
    });

    test("events whose history retention has deleted, and names the destinations that got them", async () => {
      await store(current, [visit("one", everything), visit("last", {})], toCrm);
      await finishAll(current.deliveries, "delivered");
      await pruneAll(current.deliveries, { historyBefore: ever, now: ever });
      expect(await current.privacy.find(jane)).toMatchObject({ deliveries: 0, deliveredTo: ["crm"] });
      expect(await current.privacy.erase(jane, now)).toMatchObject({ events: 1, deliveredTo: ["crm"] });
    });

    test("what arrives while it searches", async () => {
      await store(current, [...newEvents(700), visit("one", everything)]);
      let arrived = false;
      const append = () => {
        if (arrived) return;
        arrived = true;
        void current.events.append([visit("two", { vid: "v1" })]);
      };
      expect(await current.privacy.erase(jane, now, append)).toMatchObject({ events: 2 });
      expect(await current.events.get("two")).toBeUndefined();
    });
  });
}
