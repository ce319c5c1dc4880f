import type { SessionFilter, SessionRow } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { type FactStoreHarness, useFacts } from "./harness.js";
import { allCompanies, allPeople, allSessions, arrive, keys, models } from "./steps.js";
import { dayMs, monday } from "./visits.js";

/** The filter of each row of attribution selects what the row counts, also for a row without a value. */
export function describeOrigins(harness: FactStoreHarness): void {
  describe("selects by origin", () => {
    const stores = useFacts(harness);

    test("the sessions, people and companies that a row of attribution counts", async () => {
      const jane = { name: "Jane", email: "jane@acme.example" };
      const bob = { name: "Bob", email: "bob@acme.com" };
      const acme = { name: "Acme", domain: "acme.com", employees: 20 };
      await arrive(
        stores,
        {
          id: "e1",
          sid: "s1",
          source: "google",
          medium: "cpc",
          campaign: "spring",
          country: "DE",
          paths: ["/a"],
        },
        { id: "e2", sid: "s2", source: null, medium: null, campaign: null, referrer: null, country: "DE" },
        {
          id: "e3",
          sid: "s3",
          source: "google",
          medium: null,
          referrer: "https://news.example.org/a",
          person: jane,
        },
        {
          id: "e4",
          sid: "s4",
          country: "US",
          source: null,
          medium: null,
          startedAt: monday + dayMs,
          person: bob,
          company: acme,
          paths: ["/b"],
        },
      );
      for (const by of keys) {
        for (const model of models) {
          const { rows, total } = await stores.facts.attribution({ model, by, limit: 100 });
          const selected = async (value: string | null): Promise<SessionRow[]> => {
            const filter: SessionFilter = { [by]: value ?? "", bots: "without" };
            return allSessions(stores.facts, filter);
          };
          for (const { value, sessions, people, companies } of rows) {
            const found = await selected(value);
            expect(found.map((row) => row[by])).toEqual(Array.from({ length: sessions }, () => value));
            if (model === "first") continue;
            const filter = { [by]: value ?? "" };
            expect(await allPeople(stores.facts, filter)).toHaveLength(people);
            expect(await allCompanies(stores.facts, filter)).toHaveLength(companies);
          }
          expect(total.sessions).toBe(4);
          expect(await selected("nowhere")).toEqual([]);
        }
      }
      expect((await allSessions(stores.facts, { source: "", country: "DE" })).map(({ id }) => id)).toEqual([
        "s2",
      ]);
      expect((await allSessions(stores.facts, { source: "google", medium: "" })).map(({ id }) => id)).toEqual(
        ["s3"],
      );
    });
  });
}
