import { describe, expect, test } from "vitest";
import { newEvent, newEvents } from "../event-log/events.js";
import { type PrivacyStoreHarness, usePrivacyStores } from "./harness.js";
import { jane, store, visit } from "./steps.js";

export function describeFinding(harness: PrivacyStoreHarness): void {
  describe("finds", () => {
    const current = usePrivacyStores(harness);
    const idsOf = async (query: Parameters<typeof current.privacy.find>[0]) =>
      (await current.privacy.find(query)).eventIds;

    test("the events that name the person, and those of their visitors and sessions, in the order of arrival", async () => {
      await store(current, [
        visit("early", { vid: "v1", sid: "s0" }),
        visit("linked", { sid: "s0" }),
        visit("other", { vid: "v2", sid: "s2", email: "not.jane.doe@example.com" }),
        visit("named", { vid: "v1", sid: "s1", email: "Jane.Doe@Example.com" }),
        visit("late", { vid: "v3", sid: "s1" }),
        visit("later", { vid: "v3" }),
      ]);
      const found = ["early", "linked", "named", "late", "later"];
      expect(await idsOf({ email: " JANE.doe@example.com " })).toEqual(found);
      expect(await idsOf({ visitorId: "v3" })).toEqual(found);
      expect(await idsOf({ sessionId: "s0" })).toEqual(found);
      expect(await idsOf({ sessionId: "s2" })).toEqual(["other"]);
      expect(await idsOf({ visitorId: "v" })).toEqual([]);
    });

    test("profiles by their address and by their name", async () => {
      await store(current, [
        visit("one", { linkedin: "https://www.linkedin.com/in/Jane-Doe/" }),
        visit("two", { linkedin: "https://de.linkedin.com/in/jane-doe?trk=1" }),
        visit("other", { linkedin: "https://www.linkedin.com/in/jane-doe-2" }),
      ]);
      for (const linkedin of ["http://linkedin.com/in/JANE-DOE", "jane-doe", "Jane-Doe"])
        expect(await idsOf({ linkedin })).toEqual(["one", "two"]);
    });

    test("identifiers of profiles by the address of the profile, and addresses by the identifier", async () => {
      await store(current, [
        visit("one", { linkedinId: "Jane-Doe" }),
        visit("two", { linkedin: "https://www.linkedin.com/in/jane-doe" }),
        visit("member", { linkedinId: "ACoAAzzz" }),
        visit("other", { linkedinId: "jane-doe-2" }),
      ]);
      for (const linkedin of ["https://www.linkedin.com/in/jane-doe", "JANE-doe"])
        expect(await idsOf({ linkedin })).toEqual(["one", "two"]);
      expect(await idsOf({ linkedin: "linkedin.com/in/ACoAAzzz" })).toEqual(["member"]);
      expect(await idsOf({ linkedin: "linkedin.com/in/ACoAAZZZ" })).toEqual([]);
    });

    test("identifiers of profiles and addresses in any script, also where no facts are stored", async () => {
      await store(current, [
        visit("identified", { linkedinId: "ACoAA_1" }),
        visit("letters", { email: "Éric@société.example" }),
        visit(
          "escaped",
          {},
          { raw: new TextEncoder().encode('{"a":"\\u00c9ric@soci\\u00e9t\\u00e9.example"}') },
        ),
        visit("other", { email: "ric@société.example", linkedinId: "ACoAA_12" }),
      ]);
      expect(await idsOf({ linkedin: "ACoAA_1" })).toEqual(["identified"]);
      expect(await idsOf({ email: "éric@société.example" })).toEqual(["letters", "escaped"]);
    });

    test("events that mention the person, without following their visitor", async () => {
      await store(current, [
        visit("mention", { vid: "v1", page: "https://x.example/?u=jane.doe%40example.com" }),
        visit("other", { vid: "v1" }),
      ]);
      expect(await idsOf(jane)).toEqual(["mention"]);
    });

    test.each([
      ["a percent-encoded dot", "https://x.example/?m=jane%2Edoe%40example.com"],
      ["a percent-encoded dot of the host", "https://x.example/?m=jane.doe%40example%2ecom"],
      ["a percent-encoded letter", "https://x.example/?m=%6Aane.doe@example.com"],
      ["a percent-encoded capital", "https://x.example/?m=%4Aane.doe@example.com"],
      ["an address that is percent-encoded twice", "https://x.example/?m=%256Aane%252Edoe%2540example.com"],
      ["a profile", "https://x.example/?m=https%3A%2F%2Fwww.linkedin%2Ecom%2Fin%2Fjane%2Ddoe"],
    ])("events that mention the person with %s", async (_, page) => {
      await store(current, [visit("mention", { vid: "v1", page }), visit("other", { vid: "v2" })]);
      const query = page.includes("linkedin") ? { linkedin: "jane-doe" } : { email: jane.email };
      expect(await idsOf(query)).toEqual(["mention"]);
    });

    test.each([
      String.raw`{"email":"jane\u002edoe\u0040example.com"}`,
      String.raw`{"email":"\u006Aane.doe@example.com"}`,
      String.raw`{"email":"\u004aane.doe@example.com`,
      String.raw`{"a":"mailto:&#106;&#97;&#110;&#101;&#46;doe&#64;example.com"}`,
      String.raw`<a href="mailto:&#x6a;ane.doe&#x40;example.com">`,
      String.raw`{"a":"\\x6aane.doe@example.com"}`,
      String.raw`{"a":"\\u{6a}ane.doe@example.com"}`,
      String.raw`{"a":"\\152ane.doe@example.com"}`,
      "https://x.example/?m=%u006aane.doe@example.com",
    ])("events in which JSON escapes characters of the address: %s", async (raw) => {
      await current.events.append([newEvent({ id: "escaped", status: "quarantined", raw })]);
      expect(await idsOf(jane)).toEqual(["escaped"]);
    });

    test("events that no router has seen: new ones, quarantined ones and conflicts", async () => {
      await current.events.append([
        visit("unrouted", { email: jane.email, vid: "v1" }),
        visit("of visitor", { vid: "v1" }),
        newEvent({ id: "broken", status: "quarantined", raw: '{"email":"\\njane.doe@example.com' }),
        newEvent({ id: "odd", status: "quarantined", raw: '{"data":["JANE.DOE\\u0040example.com"]}' }),
        newEvent({ id: "bytes", status: "quarantined", raw: new Uint8Array([255, 0, 254]) }),
        newEvent({ id: "doubled" }),
        newEvent({ id: "doubled", raw: '{"a":"jane.doe@example.com"}' }),
        newEvent({ id: "empty", status: "quarantined", raw: new Uint8Array() }),
      ]);
      const found = ["unrouted", "of visitor", "broken", "odd", "doubled"];
      expect(await current.privacy.find(jane)).toMatchObject({ eventIds: found, events: 6 });
    });

    test("many events in one log, and reports its progress", async () => {
      await current.events.append(newEvents(1100));
      await current.events.append(
        Array.from({ length: 1100 }, (_, i) => visit(`jane_${i}`, { email: jane.email, vid: `v${i}` })),
      );
      const seen: { pass: number; read: number; total: number }[] = [];
      const found = await current.privacy.find(jane, (progress) => void seen.push(progress));
      expect(found.events).toBe(1100);
      expect(found.eventIds).toHaveLength(1000);
      expect(found.eventIds[0]).toBe("jane_0");
      expect(seen.length).toBeGreaterThan(2);
      expect(seen.at(-1)).toMatchObject({ pass: 2, read: 2200, total: 2200 });
    });

    test("nothing in an empty store", async () => {
      const counts = { events: 0, sessions: 0, people: 0, pageViews: 0, deliveries: 0, attempts: 0 };
      const lists = { eventIds: [], peopleKeys: [], deliveredTo: [] };
      expect(await current.privacy.find(jane)).toEqual({ ...counts, ...lists });
    });

    test.each([
      {},
      { email: "jane" },
      { email: "a@b.c", visitorId: "v" },
      { linkedin: "https://x.example/" },
      { visitorId: "null" },
      { visitorId: " 0 " },
      { sessionId: "undefined" },
    ])("refuses the query %o", async (query) => {
      await expect(current.privacy.find(query)).rejects.toThrow(RangeError);
      await expect(current.privacy.erase(query, 1)).rejects.toThrow(RangeError);
    });
  });
}
