import { recordsOfStored } from "@sessionhook/core/derive";
import { describe, expect, test } from "vitest";
import { type FactStoreHarness, useFacts } from "./harness.js";
import {
  accept,
  allPeople,
  allSessions,
  arrive,
  derive,
  now,
  pruneEvents,
  rebuild,
  route,
  routeOnly,
  snapshot,
} from "./steps.js";
import { monday, visit } from "./visits.js";

const day = 86_400_000;
const jane = { name: "Jane", email: "jane@gmail.com" };
const acme = { name: "Acme", domain: "acme.com" };
const nothing = { sessions: 0, people: 0, companies: 0 };

export function describeUpkeep(harness: FactStoreHarness): void {
  describe("follows the log", () => {
    const current = useFacts(harness);

    test("when retention deletes events", async () => {
      await arrive(
        current,
        { id: "e1", sid: "a", person: jane, company: acme, source: "x", receivedAt: monday },
        { id: "e2", sid: "b", startedAt: monday + day, person: jane, receivedAt: monday + day },
        { id: "e3", sid: "c", startedAt: monday + 2 * day, receivedAt: monday + 9 * day },
      );
      await pruneEvents(current, monday + 1);
      expect(await current.facts.session("a")).toBeUndefined();
      expect(await current.facts.company("domain:acme.com")).toBeUndefined();
      expect(await allPeople(current.facts)).toMatchObject([
        { sessions: 1, firstAt: monday + day, companyName: null },
      ]);
      const table = await current.facts.attribution({ model: "first", by: "source", limit: 9 });
      expect(table.rows).toEqual([{ value: null, sessions: 2, people: 1, companies: 0 }]);
      expect(table.days.map((each) => each.day)).toEqual([monday + day, monday + 2 * day]);
      await pruneEvents(current, monday + 2 * day);
      expect(await current.facts.status()).toMatchObject({ sessions: 1, people: 0, companies: 0 });
      expect(await current.facts.values("source")).toEqual([]);
      expect(await allSessions(current.facts, { q: "jane" })).toEqual([]);
    });

    test("when retention deletes one of several events of a session", async () => {
      await arrive(
        current,
        { id: "e1", type: "identity.resolved", sid: "a", person: jane, receivedAt: monday },
        { id: "e2", sid: "a", person: jane, company: acme, receivedAt: monday + 1, paths: ["/a", "/b"] },
        {
          id: "e3",
          type: "identity.resolved",
          sid: "a",
          person: { email: "later@gmail.com" },
          receivedAt: monday + 9,
        },
        { id: "e4", sid: "b", receivedAt: monday + 9 },
      );
      await pruneEvents(current, monday + 1);
      expect(await current.facts.session("a")).toMatchObject({ eventId: "e2", pageCount: 2 });
      await pruneEvents(current, monday + 2);
      expect(await current.facts.session("a")).toMatchObject({
        eventId: "e3",
        personEmail: "later@gmail.com",
        company: null,
      });
      expect(await allPeople(current.facts)).toMatchObject([{ key: "email:later@gmail.com", sessions: 1 }]);
      expect(await current.facts.status()).toMatchObject({ sessions: 2, people: 1, companies: 0 });
      const before = await snapshot(current.facts);
      await rebuild(current);
      expect(await snapshot(current.facts)).toEqual(before);
    });

    test("when a recheck accepts an event, also during a rebuild", async () => {
      await arrive(
        current,
        { id: "e1", sid: "a" },
        { id: "q1", sid: "b", status: "quarantined" },
        { id: "e2", sid: "c" },
        { id: "q2", sid: "d", status: "quarantined" },
      );
      expect(await current.facts.status()).toMatchObject({ sessions: 2 });
      await current.facts.startRebuild(now);
      await current.facts.rebuildStep(1, recordsOfStored);
      await accept(current, "q1");
      await route(current);
      await current.facts.rebuildStep(1, recordsOfStored);
      await accept(current, "q2");
      await rebuild(current);
      await route(current);
      expect((await allSessions(current.facts)).map(({ id }) => id).sort()).toEqual(["a", "b", "c", "d"]);
    });

    test("while it is rebuilt: what is routed and deleted meanwhile counts", async () => {
      await arrive(
        current,
        ...Array.from({ length: 20 }, (_, index) => ({
          id: `e${index}`,
          sid: `s${index % 12}`,
          madeAt: monday + index,
          receivedAt: monday + index,
          person: jane,
        })),
      );
      await current.facts.startRebuild(now);
      expect(await current.facts.rebuildStep(8, recordsOfStored)).toMatchObject({
        startedAt: now,
        read: 8,
        total: 20,
        done: false,
      });
      expect(await current.facts.startRebuild(now + 1)).toMatchObject({ startedAt: now, read: 8 });
      expect((await current.facts.status()).rebuild).toMatchObject({ read: 8, total: 20 });
      const before = await snapshot(current.facts);
      await pruneEvents(current, monday + 4);
      await arrive(current, { id: "new", sid: "s7", madeAt: monday + 99, paths: ["/new"], person: jane });
      await current.facts.rebuildStep(3, recordsOfStored);
      await arrive(current, { id: "newer", sid: "s99", madeAt: monday + 99, receivedAt: monday + 99 });
      const expected = await snapshot(current.facts);
      expect(expected).not.toEqual(before);
      if (harness.persistent) await current.reopen();
      await rebuild(current);
      expect(await snapshot(current.facts)).toEqual(expected);
      expect(await current.facts.session("s7")).toMatchObject({ eventId: "new" });
      expect(await current.facts.status()).toMatchObject({ rebuild: null, incomplete: false });
      await pruneEvents(current, monday + 1e10);
      expect(await current.facts.status()).toMatchObject({ sessions: 1 });
    });

    test("and counts what is routed and not in the tables yet", async () => {
      await arrive(current, { id: "e1", sid: "a" });
      expect(await current.facts.status()).toMatchObject({ sessions: 1, lag: 0 });
      await current.events.append([
        visit({ id: "e2", sid: "b" }),
        visit({ id: "q1", sid: "c", status: "quarantined" }),
        visit({ id: "e3", sid: "d" }),
      ]);
      expect(await current.facts.status()).toMatchObject({ sessions: 1, lag: 0 });
      await routeOnly(current);
      const { sessions, lag, lagSince } = await current.facts.status();
      expect(sessions + lag).toBe(3);
      const { receivedAt } = (await current.events.get("e2")) ?? {};
      expect(lagSince).toBe(lag === 0 ? null : receivedAt);
      await derive(current);
      expect(await current.facts.status()).toMatchObject({ sessions: 3, lag: 0 });
    });

    test("and an event that is derived twice counts once", async () => {
      await arrive(current, { id: "e1", sid: "a", person: jane, company: acme });
      const before = await snapshot(current.facts);
      await accept(current, "e1");
      await current.events.reclassify("e1", {
        type: "t",
        status: "quarantined",
        issues: [],
        total: 0,
        exact: true,
      });
      await accept(current, "e1");
      await route(current);
      expect({ ...(await snapshot(current.facts)), sessions: [] }).toEqual({ ...before, sessions: [] });
    });

    test("and has nothing at first", async () => {
      expect(await current.facts.status()).toEqual({
        ...nothing,
        rebuild: null,
        deleting: false,
        lag: 0,
        lagSince: null,
        incomplete: false,
      });
      expect(await current.facts.rebuildStep(5, recordsOfStored)).toMatchObject({ done: true });
      expect(await current.facts.sessions({ limit: 5 })).toEqual({
        rows: [],
        nextCursor: null,
        examinedTo: null,
      });
      expect(await current.facts.person("x")).toBeUndefined();
      expect(await current.facts.sessionOfEvent("x")).toBeUndefined();
      const table = await current.facts.attribution({ model: "first", by: "source", limit: 1 });
      expect(table).toEqual({ rows: [], others: null, total: nothing, days: [] });
    });
  });

  describe("stores hostile values", () => {
    const current = useFacts(harness);

    test("as text, within bounds", async () => {
      const long = "\u{1f600}".repeat(3000);
      await arrive(
        current,
        visit({
          id: "e1",
          sid: "'; DROP TABLE sessions; --",
          startedAt: -5,
          receivedAt: 5000,
          person: { name: `<script>${long}`, email: "a@b.co" },
          company: { name: "=cmd|'/c calc'!A0", employees: 1e300 },
          source: long,
          paths: [`/${long}`, "/%00"],
        }),
        visit({
          id: "e2",
          sid: "\u202egnp.exe",
          startedAt: 9e15,
          madeAt: 9e15,
          receivedAt: monday,
          person: { name: "\0nul" },
          vid: "v\0",
        }),
        visit({
          id: "e3",
          sid: `${long}1`,
          startedAt: Number.MIN_VALUE,
          seconds: -1e9,
          campaign: "__proto__",
          botScore: 1e9,
        }),
      );
      const rows = await allSessions(current.facts, {}, 1);
      expect(rows.map(({ startedAt }) => startedAt)).toEqual([monday, 5000, 0]);
      for (const row of rows)
        for (const value of Object.values(row))
          if (typeof value === "string") {
            expect(value.length).toBeLessThanOrEqual(2048);
            expect(value.isWellFormed() && !value.includes("\0")).toBe(true);
          }
      expect(await current.facts.session("'; DROP TABLE sessions; --")).toMatchObject({
        companyEmployeeCount: null,
      });
      const { rows: campaigns } = await current.facts.attribution({
        model: "first",
        by: "campaign",
        limit: 9,
      });
      expect(campaigns.map(({ value }) => value)).toContain("__proto__");
      expect(
        (
          await allSessions(current.facts, {
            source: rows.find(({ source }) => source !== null)?.source ?? "",
          })
        ).length,
      ).toBe(1);
      const before = await snapshot(current.facts);
      await rebuild(current);
      expect(await snapshot(current.facts)).toEqual(before);
    });
  });
}
