import { describe, expect, test } from "vitest";
import { type FactStoreHarness, useFacts } from "./harness.js";
import { allCompanies, allPeople, allSessions, arrive } from "./steps.js";
import { dayMs, monday, type Visit } from "./visits.js";

const at = (hours: number) => monday + hours * 3_600_000;
const acme = { name: "Acme Corp", domain: "acme.com", employees: 50 };
const visits: readonly Visit[] = [
  {
    id: "e1",
    sid: "ses_A1",
    vid: "vis_1",
    startedAt: at(1),
    source: "google",
    medium: "cpc",
    campaign: "spring",
    person: { name: "Jané O'Doe", email: "jane.doe@acme.com" },
    company: acme,
  },
  {
    id: "e2",
    sid: "ses_A2",
    vid: "vis_2",
    startedAt: at(2),
    source: "google",
    country: "US",
    person: { name: "李小龍", email: "bruce@gmail.com" },
  },
  {
    id: "e3",
    sid: "ses_B3",
    vid: "vis_2",
    startedAt: at(30),
    referrer: "https://www.bing.com/search?q=x",
    company: { name: "Big GmbH", domain: "big.de", employees: 5000 },
  },
  { id: "e4", sid: "ses_B4", vid: "vis_3", startedAt: at(31), botScore: 2, source: "Google" },
  { id: "e5", sid: "ses_B5", vid: "vis_3", startedAt: at(32) },
];

export function describeFilters(harness: FactStoreHarness): void {
  describe("selects", () => {
    const current = useFacts(harness);
    const ids = async (filter: Parameters<typeof allSessions>[1]) =>
      (await allSessions(current.facts, filter, 2)).map(({ eventId }) => eventId).join(" ");

    test("sessions by every filter, newest first", async () => {
      await arrive(current, ...visits);
      const expected: readonly (readonly [Parameters<typeof allSessions>[1], string])[] = [
        [{}, "e5 e4 e3 e2 e1"],
        [{ from: at(2), to: at(31) }, "e3 e2"],
        [{ from: at(2) + 0.5, to: at(31) + 0.5 }, "e4 e3"],
        [{ source: "google" }, "e2 e1"],
        [{ source: "bing.com" }, "e3"],
        [{ medium: "cpc" }, "e1"],
        [{ campaign: "spring", source: "google", country: "DE", medium: "cpc" }, "e1"],
        [{ campaign: "spring", country: "US" }, ""],
        [{ country: "US" }, "e2"],
        [{ identified: true }, "e2 e1"],
        [{ identified: false }, "e5 e4 e3"],
        [{ bots: "only" }, "e4"],
        [{ bots: "without", from: at(30) }, "e5 e3"],
        [{ employeesFrom: 50, employeesTo: 5000 }, "e1"],
        [{ employeesFrom: 51 }, "e3"],
        [{ person: "email:jane.doe@acme.com" }, "e1"],
        [{ person: "email:none" }, ""],
        [{ company: "domain:big.de" }, "e3"],
        [{ visitorId: "vis_3", bots: "without" }, "e5"],
      ];
      for (const [filter, found] of expected) expect(await ids(filter), JSON.stringify(filter)).toBe(found);
    });

    test("rows by words of names, addresses, companies and domains, and by beginnings of ids", async () => {
      await arrive(current, ...visits);
      const expected: Readonly<Record<string, string>> = {
        jane: "e1",
        JANÉ: "e1",
        "doe  jan": "e1",
        "o'do": "e1",
        ane: "",
        "jane.doe@acme.com": "e1",
        "acme corp": "e1",
        "acme gmbh": "",
        李小: "e2",
        小龍: "",
        bruce: "e2",
        big: "e3",
        "BIG.DE": "e3",
        g: "e3 e2",
        "www.big.de": "e3",
        "https://www.big.de/über-uns?a=b": "e3",
        "HTTP://blog.BIG.de": "e3",
        "www.bi": "e3",
        "https://big.example": "",
        com: "e2 e1",
        ses_A: "e2 e1",
        ses_B3: "e3",
        ses_b3: "",
        vis_2: "e3 e2",
        e4: "e4",
        "": "e5 e4 e3 e2 e1",
        "  ": "e5 e4 e3 e2 e1",
        '"': "",
        "jane OR bruce": "",
        "jane*": "e1",
        "-jane": "e1",
        "words:jane": "",
        "NEAR(jane doe)": "",
        "%": "",
        _: "",
        "jane\0": "e1",
        "\ud800": "",
        "'; DROP TABLE events; --": "",
      };
      for (const [q, found] of Object.entries(expected))
        expect(await ids({ q }), JSON.stringify(q)).toBe(found);
      expect(await ids({ q: "jane ".repeat(2000) })).toBe("e1");
      expect(await ids({ q: "x".repeat(10_000) })).toBe("");
      expect(await ids({ q: "ses_A", source: "google", country: "US" })).toBe("e2");
    });

    test("rows by pasted addresses, in any spelling", async () => {
      await arrive(current, {
        id: "e1",
        startedAt: at(1),
        person: { name: "Jörg", linkedin: "https://www.linkedin.com/in/jörg-1" },
        company: { name: "Bau", domain: "müller-bau.de" },
      });
      const keysOf = (rows: readonly { key: string }[]) => rows.map(({ key }) => key);
      for (const q of ["müller-bau.de", "MÜLLER-BAU.de/kontakt", "www.müller-bau.de", "xn--mller-bau-q9a.de"])
        expect(keysOf(await allCompanies(current.facts, { q }, 2)), q).toEqual([
          "domain:xn--mller-bau-q9a.de",
        ]);
      const profiles = [
        "linkedin.com/in/Jörg-1/",
        "https://de.linkedin.com/in/j%C3%B6rg-1?trk=x",
        "https://www.linkedin.com/in/jo\u0308rg-1",
      ];
      for (const q of profiles)
        expect(keysOf(await allPeople(current.facts, { q }, 2)), q).toEqual([
          "linkedin:https://www.linkedin.com/in/j%C3%B6rg-1",
        ]);
    });

    test("people and companies by their last session and by words", async () => {
      await arrive(current, ...visits);
      await arrive(current, {
        id: "e6",
        startedAt: at(40),
        source: "mail",
        person: { name: "Jané O'Doe", email: "jane.doe@acme.com" },
        company: acme,
      });
      const people = async (filter: Parameters<typeof allPeople>[1]) =>
        (await allPeople(current.facts, filter, 1)).map(({ key }) => key);
      const companies = async (filter: Parameters<typeof allPeople>[1]) =>
        (await allCompanies(current.facts, filter, 1)).map(({ key }) => key);
      const [jane, bruce] = ["email:jane.doe@acme.com", "email:bruce@gmail.com"];
      expect(await people({})).toEqual([jane, bruce]);
      expect(await people({ source: "google" })).toEqual([bruce]);
      expect(await people({ source: "mail", country: "DE", q: "jan" })).toEqual([jane]);
      expect(await people({ company: "domain:acme.com" })).toEqual([jane]);
      expect(await people({ company: "domain:none" })).toEqual([]);
      expect(await people({ employeesFrom: 50, employeesTo: 51 })).toEqual([jane]);
      expect(await people({ to: at(3) })).toEqual([bruce]);
      expect(await people({ q: "email:br" })).toEqual([bruce]);
      expect(await people({ q: "bruce@" })).toEqual([bruce]);
      expect(await companies({})).toEqual(["domain:acme.com", "domain:big.de"]);
      expect(await companies({ employeesFrom: 51 })).toEqual(["domain:big.de"]);
      expect(await companies({ from: monday + dayMs, q: "corp" })).toEqual(["domain:acme.com"]);
      expect(await companies({ q: "acme.c" })).toEqual(["domain:acme.com"]);
      expect(await companies({ company: "domain:big.de" })).toEqual(["domain:big.de"]);
    });
  });
}
