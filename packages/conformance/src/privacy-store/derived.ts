import type { NewEvent } from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";
import { factsOf } from "@sessionhook/core/facts";
import { describe, expect, test } from "vitest";
import { start } from "../delivery-store/steps.js";
import { newEvent } from "../event-log/events.js";
import { personEvent } from "../person-event.js";
import { type PrivacyStoreHarness, type PrivacyStores, usePrivacyStores } from "./harness.js";
import { collect } from "./steps.js";

const everything = { q: undefined, limit: 100 };

function session(id: string, vid: string, sid: string, name: string): NewEvent {
  const raw = personEvent({ id, vid, sid, email: `${name}@example.com` });
  return newEvent({ id, raw, receivedAt: start });
}

async function routeAll({ deliveries }: PrivacyStores): Promise<void> {
  for (;;) {
    const { events, token } = await deliveries.unrouted(100);
    if (events.length === 0) break;
    const decisions = events.map((event) => ({
      eventId: event.id,
      facts: factsOf(JSON.parse(new TextDecoder().decode(event.raw)) as never),
      records: recordsOfStored(event),
      deliveries: [],
    }));
    await deliveries.plan(token, decisions, start);
  }
  while (await deliveries.deriveRouted(100));
}

const janes = [
  session("one", "v1", "s1", "jane"),
  session("two", "v1", "s2", "jane"),
  session("again", "v1", "s2", "jane"),
];
const johns = [session("other", "v2", "s3", "john")];
const jane = { email: "jane@example.com" };

export function describeDerived(harness: PrivacyStoreHarness): void {
  describe("of the derived tables", () => {
    const current = usePrivacyStores(harness);
    const state = async () => {
      const { facts } = current;
      const [sessions, people, companies] = [
        await facts.sessions(everything),
        await facts.people(everything),
        await facts.companies(everything),
      ];
      const attribution = await facts.attribution({ model: "first", by: "source", limit: 10 });
      return { status: await facts.status(), sessions, people, companies, attribution };
    };

    test("lists the keys of several people who share a visitor", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append([
        session("mum", "v1", "s1", "jane"),
        session("kid", "v1", "s2", "kid"),
        ...johns,
      ]);
      await routeAll(current);
      const found = await current.privacy.find(jane);
      expect([found.people, found.peopleKeys]).toEqual([
        2,
        [expect.stringMatching(/jane$/), expect.stringMatching(/kid$/)],
      ]);
    });

    test("finds, exports and erases the rows of the person; the others are as if the events had never come", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append(johns);
      await routeAll(current);
      const before = await state();
      await current.events.append(janes);
      await routeAll(current);
      const pages = (await current.facts.session("s1"))?.pages.length ?? 0;
      expect(pages).toBeGreaterThan(0);
      const counts = { events: 3, sessions: 2, people: 1, pageViews: 2 * pages };
      expect(await current.privacy.find(jane)).toMatchObject(counts);
      const rows = await collect(current.privacy.export(jane));
      const of = (kind: string) => rows.filter((row) => row["kind"] === kind);
      expect(of("session").map(({ id }) => id)).toEqual(["s1", "s2"]);
      expect(of("page").filter((row) => row["session"] === "s1")).toHaveLength(pages);
      expect(of("person")).toMatchObject([{ email: jane.email, sessions: 2 }]);
      expect(of("session")[0]).toMatchObject({ personEmail: jane.email, visitorId: "v1" });

      expect(await current.privacy.erase(jane, start)).toMatchObject(counts);
      expect(await state()).toEqual(before);
      for (const q of ["jane", "s1", "v1", "one"])
        for (const list of ["sessions", "people"] as const)
          expect((await current.facts[list]({ q, limit: 10 })).rows).toEqual([]);
      expect(await current.facts.session("s1")).toBeUndefined();
      expect(await current.facts.sessionOfEvent("one")).toBeUndefined();
    });

    test("exports every session, also when a rebuild puts its tables into use meanwhile", async () => {
      await current.deliveries.register(["crm"], start);
      // Rows that are gone give the others other numbers in a rebuild.
      await current.events.append(johns);
      await routeAll(current);
      const events = Array.from({ length: 8 }, (_, n) => session(`e${n}`, "v1", `s1${n}`, "jane"));
      await current.events.append(events);
      await routeAll(current);
      await current.privacy.erase({ email: "john@example.com" }, start);
      const sessions: unknown[] = [];
      for await (const row of current.privacy.export(jane)) {
        if (row["kind"] !== "session") continue;
        sessions.push(row["id"]);
        if (sessions.length !== 3) continue;
        await current.facts.startRebuild(start);
        while (!(await current.facts.rebuildStep(100, recordsOfStored)).done);
      }
      expect(sessions).toEqual(events.map((_, n) => `s1${n}`));
    });

    test("reports the rows that were there, not those that come and go while it erases", async () => {
      await current.deliveries.register(["crm"], start);
      // Of the events of a session the newest counts, here the first; when it is erased, the next does, with another person.
      const events = Array.from({ length: 120 }, (_, n) => {
        const body = JSON.parse(
          personEvent({ id: `e${n}`, vid: "v1", sid: "s1", email: `jane${n}@example.com` }),
        );
        body.data.finalizedAt -= n * 1000;
        return newEvent({ id: `e${n}`, raw: JSON.stringify(body), receivedAt: start });
      });
      await current.events.append(events);
      await routeAll(current);
      const { sessions, people, pageViews } = await current.privacy.find({ visitorId: "v1" });
      expect({ sessions, people }).toEqual({ sessions: 1, people: 1 });
      const report = await current.privacy.erase({ visitorId: "v1" }, start);
      expect(report).toMatchObject({ events: 120, sessions, people, pageViews });
    });

    test("counts people who remain, because other events have them", async () => {
      await current.deliveries.register(["crm"], start);
      const email = "jane@other.example";
      const raw = personEvent({ id: "elsewhere", vid: "v8", sid: "s8", email });
      await current.events.append([
        ...janes,
        newEvent({ id: "elsewhere", raw, receivedAt: start }),
        ...johns,
      ]);
      await routeAll(current);
      expect(await current.privacy.find(jane)).toMatchObject({ events: 3, people: 1 });
      expect(await current.privacy.erase(jane, start)).toMatchObject({
        events: 3,
        sessions: 2,
        people: 0,
        remainingPeople: 1,
      });
      expect(await current.privacy.erase({ email }, start)).toMatchObject({ people: 1, remainingPeople: 0 });
    });

    test("erases what a rebuild that is under way has read, and the rest of it reads nothing of the person", async () => {
      await current.deliveries.register(["crm"], start);
      const events = [...janes, ...johns, session("late", "v1", "s9", "jane")];
      await current.events.append(events);
      await routeAll(current);
      await current.facts.startRebuild(start);
      await current.facts.rebuildStep(2, recordsOfStored);
      await current.privacy.erase(jane, start);
      while (!(await current.facts.rebuildStep(1, recordsOfStored)).done);
      expect((await current.facts.sessions(everything)).rows.map(({ id }) => id)).toEqual(["s3"]);
      expect((await current.facts.people(everything)).rows).toHaveLength(1);
      expect(await current.facts.status()).toMatchObject({
        sessions: 1,
        people: 1,
        companies: 1,
        rebuild: null,
      });
    });
  });
}
