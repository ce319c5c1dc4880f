import { describe, expect, test } from "vitest";
import { type FactStoreHarness, useFacts } from "./harness.js";
import { allCompanies, allPeople, allSessions, arrive, pruneEvents, rebuild } from "./steps.js";
import { monday, type Visit } from "./visits.js";

const jane = { name: "Jane Doe", email: "jane@acme.com", linkedin: "https://www.linkedin.com/in/jane" };

export function describePrecedence(harness: FactStoreHarness): void {
  describe("decides between events of one session", () => {
    const current = useFacts(harness);
    const running: Visit = { id: "e1", type: "identity.resolved", sid: "s", madeAt: monday + 9e7 };
    const final: Visit = { id: "e2", sid: "s", madeAt: monday + 5e6, paths: ["/a", "/b"] };

    test("for the final one, whatever is received later", async () => {
      await arrive(current, final, running);
      expect(await current.facts.session("s")).toMatchObject({
        eventId: "e2",
        pageCount: 2,
        pages: [{ path: "/a" }, { path: "/b" }],
      });
      expect(await current.facts.sessionOfEvent("e1")).toMatchObject({ id: "s", eventId: "e2" });
    });

    test("for the newest of two final ones, and then for the later in the log", async () => {
      await arrive(current, final, { ...final, id: "older", madeAt: monday + 4e6, paths: ["/old"] });
      expect(await current.facts.session("s")).toMatchObject({ eventId: "e2" });
      await arrive(current, { ...final, id: "same", paths: ["/c"] });
      expect(await current.facts.session("s")).toMatchObject({ eventId: "same", pages: [{ path: "/c" }] });
      expect(await current.facts.status()).toMatchObject({ sessions: 1 });
    });

    test("and counts nothing of the others", async () => {
      await arrive(current, { ...running, person: { email: "jane@acme.com" }, company: { name: "Acme" } });
      expect(await allPeople(current.facts)).toMatchObject([{ key: "email:jane@acme.com", sessions: 1 }]);
      await arrive(current, { ...final, person: jane, company: { name: "Acme", domain: "acme.com" } });
      expect(await allPeople(current.facts)).toMatchObject([
        { key: `linkedin:${jane.linkedin}`, sessions: 1, pages: 2 },
      ]);
      expect(await allCompanies(current.facts)).toMatchObject([
        { key: "domain:acme.com", sessions: 1, people: 1 },
      ]);
      const { total } = await current.facts.attribution({ model: "first", by: "source", limit: 9 });
      expect(total).toEqual({ sessions: 1, people: 1, companies: 1 });
    });

    const known: Visit = {
      ...running,
      person: { name: "Jane Doe", email: "jane@acme.com" },
      company: { name: "Acme", domain: "acme.com" },
    };
    test.each([
      ["before", [known, final]],
      ["after", [final, known]],
    ] as const)("and keeps who was resolved %s a final one without a person", async (_, visits) => {
      await arrive(current, ...visits);
      expect(await current.facts.session("s")).toMatchObject({
        eventId: "e2",
        pageCount: 2,
        person: "email:jane@acme.com",
        personName: "Jane Doe",
        personEmail: "jane@acme.com",
        company: "domain:acme.com",
        companyName: "Acme",
      });
      expect(await allPeople(current.facts)).toMatchObject([
        { key: "email:jane@acme.com", name: "Jane Doe", sessions: 1, pages: 2, company: "domain:acme.com" },
      ]);
      expect(await allCompanies(current.facts)).toMatchObject([
        { key: "domain:acme.com", sessions: 1, people: 1 },
      ]);
      const before = await allPeople(current.facts);
      await rebuild(current);
      expect(await allPeople(current.facts)).toEqual(before);
    });

    test("and describes a person by the newest that has a value, also if an older one comes with it", async () => {
      const of = (sid: string, hour: number, title?: string): Visit => ({
        id: `${sid} ${hour}`,
        sid,
        madeAt: monday + hour * 3_600_000,
        person: { ...jane, ...(title === undefined ? {} : { title }) },
        company: { name: "Acme", domain: "acme.com" },
      });
      const read = async () => (await current.facts.person(`linkedin:${jane.linkedin}`))?.title;
      const enriched: Visit = { ...of("s1", 14, "New"), type: "identity.enriched" };
      await arrive(current, of("s4", 15), of("s3", 12, "Middle"), enriched);
      expect(await read()).toBe("New");
      await arrive(current, of("s1", 13), of("s2", 11, "Old"));
      expect(await read()).toBe("Middle");
      await rebuild(current);
      expect(await read()).toBe("Middle");
    });

    const checked: Visit = {
      id: "e9",
      type: "identity.validated",
      sid: "s",
      madeAt: monday + 8e6,
      person: { email: jane.email },
    };
    test.each([
      ["", checked, "valid"],
      [" as invalid", { ...checked, validity: "invalid" }, "invalid"],
      [" by an event that refers to it", { ...checked, sid: null, refersTo: "s" }, "valid"],
      [" earlier", { ...checked, madeAt: monday + 1e6 }, "unknown"],
      [" for another address", { ...checked, person: { email: "jd@acme.com" } }, "unknown"],
    ] as const)("and judges an address that was validated%s", async (_, validated, expected) => {
      const key = `linkedin:${jane.linkedin}`;
      const named = { ...final, person: jane, company: { name: "Acme", domain: "acme.com" } };
      for (const visits of [
        [named, validated],
        [
          { ...validated, id: "f9" },
          { ...named, id: "f2" },
        ],
      ]) {
        await arrive(current, ...visits);
        expect(await current.facts.person(key)).toMatchObject({ email: jane.email, emailStatus: expected });
      }
      await rebuild(current);
      expect(await current.facts.person(key)).toMatchObject({ emailStatus: expected });
      expect(await allSessions(current.facts)).toMatchObject([{ id: "s", person: key }]);
    });

    const referring: Visit = {
      ...known,
      id: "e0",
      type: "identity.enriched",
      sid: null,
      refersTo: "s",
      receivedAt: monday,
    };
    test.each([
      ["before", [referring, final]],
      ["after", [final, referring]],
      ["between", [running, referring, final]],
    ] as const)("and takes who an event names that refers to the session and comes %s", async (_, visits) => {
      await arrive(current, ...visits, { id: "other", sid: "other" });
      expect(await current.facts.session("s")).toMatchObject({
        eventId: "e2",
        person: "email:jane@acme.com",
        personName: "Jane Doe",
        company: "domain:acme.com",
      });
      expect(await current.facts.sessionOfEvent("e0")).toMatchObject({ id: "s", eventId: "e2" });
      expect(await allPeople(current.facts)).toMatchObject([
        { key: "email:jane@acme.com", name: "Jane Doe", sessions: 1, pages: 2, company: "domain:acme.com" },
      ]);
      expect(await allCompanies(current.facts)).toMatchObject([
        { key: "domain:acme.com", sessions: 1, people: 1 },
      ]);
      const before = [await allSessions(current.facts), await allPeople(current.facts)];
      await rebuild(current);
      expect([await allSessions(current.facts), await allPeople(current.facts)]).toEqual(before);
      await pruneEvents(current, monday + 1);
      expect(await current.facts.session("s")).toMatchObject({ eventId: "e2", person: null, company: null });
      expect(await current.facts.sessionOfEvent("e0")).toBeUndefined();
      expect(await current.facts.person("email:jane@acme.com")).toBeUndefined();
    });

    test("and prefers who its own events name to one that refers to it", async () => {
      const own: Visit = { ...final, person: { name: "Bob Roe", email: "bob@acme.com" } };
      await arrive(current, { ...referring, madeAt: monday + 99e6 }, own);
      expect(await current.facts.session("s")).toMatchObject({ person: "email:bob@acme.com" });
      expect(await current.facts.person("email:bob@acme.com")).toMatchObject({ sessions: 1 });
      expect(await current.facts.person("email:jane@acme.com")).toMatchObject({ sessions: 0 });
    });

    test("and has no session of an event that refers to an unknown one", async () => {
      await arrive(current, referring);
      expect(await allSessions(current.facts)).toEqual([]);
      expect(await current.facts.sessionOfEvent("e0")).toBeUndefined();
      expect(await current.facts.person("email:jane@acme.com")).toMatchObject({ sessions: 0 });
    });

    test("and prefers who has a name to a newer address alone", async () => {
      const named: Visit = { ...running, id: "e3", type: "identity.enriched", person: jane };
      await arrive(current, named, { ...running, madeAt: monday + 95e6, person: { email: "jd@acme.com" } });
      expect(await current.facts.session("s")).toMatchObject({
        eventId: "e1",
        person: `linkedin:${jane.linkedin}`,
        personName: "Jane Doe",
      });
      expect(await allPeople(current.facts)).toHaveLength(1);
    });

    test.each([
      ["before", 0],
      ["after", 1],
    ])("and for the address in a final one over a name that was resolved %s it", async (_, place) => {
      const resolved: Visit = { ...running, person: { name: "Nina Roe", linkedin: jane.linkedin } };
      const visits: Visit[] = [{ ...final, person: { email: "only@other.example" } }];
      visits.splice(1 - place, 0, resolved);
      await arrive(current, ...visits);
      expect(await current.facts.session("s")).toMatchObject({
        eventId: "e2",
        person: "email:only@other.example",
        personName: null,
      });
      expect(await allPeople(current.facts)).toMatchObject([
        { key: "email:only@other.example", sessions: 1 },
      ]);
      const before = await allPeople(current.facts);
      await rebuild(current);
      expect(await allPeople(current.facts)).toEqual(before);
    });

    const key = `linkedin:${jane.linkedin}`;
    const later = monday + 9e7;
    const enriched: Visit = { id: "e3", type: "identity.enriched", sid: null, madeAt: later };

    test("and describes a person by their newest event, even one without a session", async () => {
      await arrive(current, { ...final, person: jane });
      await arrive(current, { ...enriched, person: { ...jane, name: "Jane Roe" } });
      await arrive(current, {
        id: "e4",
        sid: "t",
        person: { ...jane, name: "Jane Poe" },
        madeAt: monday + 8e7,
        startedAt: monday + 7e7,
      });
      expect(await current.facts.person(key)).toMatchObject({
        name: "Jane Roe",
        sessions: 2,
        firstAt: monday,
        lastAt: monday + 7e7,
      });
    });

    const acme = { name: "Acme", domain: "acme.com", employees: 500 };
    const full: Visit = { ...running, person: { ...jane, title: "CTO" }, company: acme };
    const profile: Visit = { ...enriched, person: { linkedin: jane.linkedin } };
    const colleague: Visit = { ...enriched, id: "e4", person: { email: "joe@acme.com" } };

    test.each([
      ["after", [full, profile, colleague]],
      ["before", [profile, colleague, full]],
    ] as const)("and keeps what a sparse event %s another one does not have", async (_, visits) => {
      await arrive(current, ...visits);
      const person = { ...jane, title: "CTO", company: "domain:acme.com", companyName: "Acme" };
      expect(await current.facts.person(key)).toMatchObject({
        name: person.name,
        title: person.title,
        email: person.email,
        company: person.company,
      });
      expect(await current.facts.company("domain:acme.com")).toMatchObject({
        name: "Acme",
        domain: "acme.com",
      });
      expect(await allPeople(current.facts, { q: "jane acme" })).toHaveLength(1);
      expect(await allCompanies(current.facts, { q: "acme" })).toHaveLength(1);
    });

    test("but not the title of an earlier company", async () => {
      const moved: Visit = { id: "e5", sid: "t", madeAt: later, person: jane };
      await arrive(current, full, { ...moved, company: { name: "Globex", domain: "globex.com" } });
      expect(await current.facts.person(key)).toMatchObject({
        title: null,
        seniority: null,
        company: "domain:globex.com",
      });
      expect(await allPeople(current.facts, { q: "jane globex" })).toHaveLength(1);
    });

    test("and forgets what was known from a deleted event only", async () => {
      const { deliveries, facts } = current;
      await arrive(current, { ...full, receivedAt: monday }, { ...colleague, receivedAt: later });
      await arrive(current, { ...profile, receivedAt: later }, { id: "last", receivedAt: later });
      await pruneEvents({ deliveries, facts, events: current.events }, later - 1);
      expect(await facts.person(key)).toMatchObject({ name: null, title: null, email: null, company: null });
      expect(await facts.company("domain:acme.com")).toMatchObject({ name: null });
      expect(await allPeople(facts, { q: "jane" })).toHaveLength(0);
    });

    test("and finds a person without a session by the key, but lists none", async () => {
      const madeAt = monday + 1e6;
      await arrive(current, {
        id: "e",
        type: "identity.enriched",
        sid: null,
        person: jane,
        company: { name: "Acme" },
        madeAt,
      });
      expect(await allSessions(current.facts)).toEqual([]);
      const none = {
        source: null,
        medium: null,
        campaign: null,
        landingPage: null,
        referrer: null,
        country: null,
      };
      expect(await current.facts.person(`linkedin:${jane.linkedin}`)).toMatchObject({
        sessions: 0,
        firstAt: madeAt,
        lastAt: madeAt,
        first: none,
        last: none,
        companyName: "Acme",
      });
      expect(await current.facts.company("name:acme")).toMatchObject({ sessions: 0, people: 0 });
      expect(await allPeople(current.facts)).toEqual([]);
      expect(await allCompanies(current.facts)).toEqual([]);
      expect(await current.facts.status()).toMatchObject({ sessions: 0, people: 0, companies: 0 });
    });
  });
}
