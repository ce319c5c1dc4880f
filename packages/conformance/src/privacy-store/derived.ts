import { noIssues, type NewEvent } from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";
import { factsOf } from "@sessionhook/core/facts";
import { payloads } from "@sessionhook/fixtures";
import { describe, expect, test } from "vitest";
import { start } from "../delivery-store/steps.js";
import { newEvent } from "../event-log/events.js";
import { type PrivacyStoreHarness, type PrivacyStores, usePrivacyStores } from "./harness.js";
import { collect } from "./steps.js";

const everything = { q: undefined, limit: 100 };

interface Identity {
  readonly vid: string;
  readonly sid: string;
  readonly name: string;
}

/** Returns a complete event of a person with the address `<name>@example.com`. */
function session(id: string, { vid, sid, name }: Identity, receivedAt = start): NewEvent {
  const full = payloads.full("identity.session.finalized");
  const text = JSON.stringify(full, (key: string, value: unknown) => {
    if (key === "id" && value === (full as { id?: unknown }).id) return id;
    if (key === "vid") return vid;
    if (key === "sid" || key === "sessionId") return sid;
    if (key === "email") return `${name}@example.com`;
    if (key === "linkedinUrl" && String(value).includes("/in/")) return `https://www.linkedin.com/in/${name}`;
    if (key === "firstName" || key === "fullName") return name;
    if (key === "emailValidations") return [];
    return value;
  });
  return newEvent({
    id,
    raw: text,
    receivedAt,
    status: "accepted",
    type: "identity.session.finalized",
    ...noIssues,
  });
}

async function routeAll({ deliveries }: PrivacyStores): Promise<void> {
  for (;;) {
    const { events, token } = await deliveries.unrouted(100);
    if (events.length === 0) return;
    const decisions = events.map((event) => ({
      eventId: event.id,
      facts: factsOf(JSON.parse(new TextDecoder().decode(event.raw)) as never),
      records: recordsOfStored(event),
      deliveries: [],
    }));
    await deliveries.plan(token, decisions, start);
  }
}

const janes = [
  session("one", { vid: "v1", sid: "s1", name: "jane" }),
  session("two", { vid: "v1", sid: "s2", name: "jane" }),
  session("again", { vid: "v1", sid: "s2", name: "jane" }),
];
const johns = [session("other", { vid: "v2", sid: "s3", name: "john" })];
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

    test("keeps a rebuild from bringing them back, before and during it", async () => {
      await current.deliveries.register(["crm"], start);
      const events = [...janes, ...johns, session("late", { vid: "v1", sid: "s9", name: "jane" })];
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
