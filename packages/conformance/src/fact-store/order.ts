import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closeAll, type FactStoreHarness } from "./harness.js";
import { arrive, rebuild, snapshot } from "./steps.js";
import { dayMs, monday, type Visit } from "./visits.js";
import { randomRuns } from "../random-runs.js";

const names = ["Ann", "Bob", "Cleo"];

/** Twenty events of nine sessions; those of one session have different precedence, people and origins. */
const visits: readonly Visit[] = Array.from({ length: 20 }, (_, index) => ({
  id: `e${index}`,
  type:
    index % 3 === 0
      ? "identity.resolved"
      : index % 7 === 5
        ? "identity.enriched"
        : "identity.session.finalized",
  sid: index % 7 === 5 ? null : `s${index % 9}`,
  startedAt: monday + (index % 4) * dayMs,
  madeAt: monday + 4 * dayMs + index,
  person:
    index % 4 === 3
      ? undefined
      : {
          name: names[index % 3] as string,
          email: `${names[index % 3]}@firm.com`,
          linkedin: index % 2 === 0 ? `https://www.linkedin.com/in/${names[index % 3]}` : "",
        },
  company:
    index % 5 === 0
      ? undefined
      : { name: `Firm ${index % 2}`, domain: `firm${index % 2}.com`, employees: index },
  source: index % 2 === 0 ? "google" : null,
  campaign: `c${index % 5}`,
  paths: [`/${index}`, "/pricing"],
  botScore: index % 6 === 4 ? 3 : 80,
}));

export function describeOrder(harness: FactStoreHarness): void {
  describe("has the same rows", () => {
    test("in whatever order the events arrive, and after a rebuild", { timeout: 120_000 }, async () => {
      const read = async (order: readonly Visit[]) => {
        const fixture = await harness.make();
        const stores = await fixture.open();
        try {
          for (const part of [order.slice(0, 7), order.slice(7, 8), order.slice(8)])
            await arrive(stores, ...part);
          const before = await snapshot(stores.facts);
          await rebuild(stores);
          expect(await snapshot(stores.facts)).toEqual(before);
          return before;
        } finally {
          await closeAll(stores);
          await fixture.cleanup();
        }
      };
      const expected = await read(visits);
      expect(expected.counts).toEqual({ sessions: 9, people: 5, companies: 4 });
      const orders = fc.shuffledSubarray([...visits], { minLength: visits.length });
      const same = fc.asyncProperty(orders, async (order) => {
        expect(await read(order)).toEqual(expected);
      });
      await expect(fc.assert(same, { numRuns: randomRuns(30) })).resolves.toBeUndefined();
    });
  });
}
