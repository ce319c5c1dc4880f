import type { AttributionKey, AttributionTable, SessionRow } from "@sessionhook/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FactStoreHarness, useFacts } from "./harness.js";
import { allSessions, arrive, keys, models } from "./steps.js";
import { dayMs, monday } from "./visits.js";

type Range = { readonly from?: number; readonly to?: number };

/** Computes an attribution from the list of sessions, one value after the other. */
function byHand(
  all: readonly SessionRow[],
  model: "first" | "last",
  by: AttributionKey,
  { from = 0, to = Infinity }: Range,
): AttributionTable {
  const human = all
    .filter(({ bot }) => !bot)
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  const inside = ({ startedAt }: SessionRow) => startedAt >= from && startedAt < to;
  const touches = (column: "person" | "company") =>
    [...new Set(human.map((row) => row[column]))]
      .filter((key) => key !== null)
      .map((key) => human.filter((row) => row[column] === key).at(model === "first" ? 0 : -1) as SessionRow)
      .filter(inside);
  const [sessions, people, companies] = [human.filter(inside), touches("person"), touches("company")];
  const count = (rows: readonly SessionRow[], value: string | null) =>
    rows.filter((row) => row[by] === value).length;
  const rows = [...new Set(sessions.map((row) => row[by]))].map((value) => ({
    value,
    sessions: count(sessions, value),
    people: count(people, value),
    companies: count(companies, value),
  }));
  rows.sort(
    (a, b) => b.sessions - a.sessions || b.people - a.people || ((a.value ?? "") < (b.value ?? "") ? -1 : 1),
  );
  const day = (row: SessionRow) => row.startedAt - (row.startedAt % dayMs);
  const days = [...new Set(sessions.map(day))].sort((a, b) => a - b);
  return {
    rows,
    others: null,
    total: { sessions: sessions.length, people: people.length, companies: companies.length },
    days: days.map((each) => ({
      day: each,
      sessions: sessions.filter((row) => day(row) === each).length,
      people: people.filter((row) => day(row) === each).length,
    })),
  };
}

export function describeAttribution(harness: FactStoreHarness): void {
  describe("attributes", () => {
    const current = useFacts(harness);
    const fill = () =>
      arrive(
        current,
        ...Array.from({ length: 160 }, (_, index) => ({
          id: `e${index}`,
          startedAt: monday + ((index * 37) % 90) * dayMs + ((index * 7919) % 24) * 3_600_000,
          madeAt: monday + 100 * dayMs,
          person:
            index % 3 === 0
              ? undefined
              : { name: `P${index % 17}`, email: `p${index % 17}@firm${index % 5}.com` },
          company:
            index % 4 === 0 ? undefined : { name: `Firm ${index % 5}`, domain: `firm${index % 5}.com` },
          source: index % 2 === 0 ? `source ${index % 6}` : null,
          medium: index % 5 === 0 ? "cpc" : null,
          campaign: `campaign ${index % 9}`,
          referrer: index % 7 === 0 ? `https://www.site${index % 3}.com/` : null,
          country: index % 8 === 0 ? "US" : "DE",
          paths: [`/${index % 12}`],
          botScore: index % 10 === 0 ? 1 : 99,
        })),
      );

    test("sessions, people and companies as computed by hand", async () => {
      await fill();
      const all = await allSessions(current.facts, {}, 500);
      const ranges: readonly Range[] = [
        {},
        { from: monday + 3 * dayMs, to: monday + 80 * dayMs },
        { from: monday + 5 * 3_600_000, to: monday + 60 * dayMs + 7 * 3_600_000 },
        { from: monday + 3_600_000, to: monday + 7 * 3_600_000 },
        { from: monday + 20 * 3_600_000 },
        { to: monday + 33 * dayMs + 1 },
        { from: monday + 50 * dayMs, to: monday },
        { from: -1e15, to: 1e16 },
        { from: -Infinity, to: Infinity },
      ];
      for (const range of ranges)
        for (const by of keys)
          for (const model of models)
            expect(
              await current.facts.attribution({ model, by, limit: 500, ...range }),
              `${model} ${by} ${JSON.stringify(range)}`,
            ).toEqual(byHand(all, model, by, range));
    });

    test("over ranges of any length, which begin and end at any hour", async () => {
      await fill();
      const all = await allSessions(current.facts, {}, 500);
      const hours = fc.integer({ min: -50, max: 100 * 24 });
      const range = fc.tuple(hours, hours).map(([one, other]) => ({
        from: monday + Math.min(one, other) * 3_600_000,
        to: monday + Math.max(one, other) * 3_600_000,
      }));
      const query = { model: fc.constantFrom(...models), by: fc.constantFrom(...keys), range };
      await fc.assert(
        fc.asyncProperty(fc.record(query), async ({ model, by, range }) => {
          const table = await current.facts.attribution({ model, by, limit: 500, ...range });
          expect(table).toEqual(byHand(all, model, by, range));
        }),
        { numRuns: 200 },
      );
    });

    test("with the values beyond the limit summed up", async () => {
      await fill();
      const all = await current.facts.attribution({ model: "last", by: "campaign", limit: 500 });
      const { rows, others, total } = await current.facts.attribution({
        model: "last",
        by: "campaign",
        limit: 4,
      });
      expect(rows).toEqual(all.rows.slice(0, 4));
      const sum = (key: "sessions" | "people" | "companies") =>
        all.rows.slice(4).reduce((n, row) => n + row[key], 0);
      expect(others).toEqual({
        values: 5,
        sessions: sum("sessions"),
        people: sum("people"),
        companies: sum("companies"),
      });
      expect(total).toEqual(all.total);
    });

    test("and lists the frequent values of the last 90 days", async () => {
      await fill();
      expect(await current.facts.values("country")).toEqual(["DE", "US"]);
      await arrive(
        current,
        ...Array.from({ length: 60 }, (_, index) => ({
          id: `new${index}`,
          startedAt: monday + 300 * dayMs,
          source: `s${String(index).padStart(2, "0")}`,
        })),
      );
      expect(await current.facts.values("source")).toEqual(
        Array.from({ length: 50 }, (_, index) => `s${String(index).padStart(2, "0")}`),
      );
      expect(await current.facts.values("medium")).toEqual([]);
    });
  });
}
