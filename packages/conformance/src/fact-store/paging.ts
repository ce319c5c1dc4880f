import { StoreError } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { type FactStoreHarness, useFacts } from "./harness.js";
import { allCompanies, allPeople, allSessions, arrive } from "./steps.js";
import { monday } from "./visits.js";

export function describePaging(harness: FactStoreHarness): void {
  describe("pages", () => {
    const current = useFacts(harness);
    const fill = () =>
      arrive(
        current,
        ...Array.from({ length: 30 }, (_, index) => ({
          id: `e${index}`,
          sid: `s-${(index * 7) % 30}`,
          // Many begin at the same time.
          startedAt: monday + Math.floor(index / 10),
          person: { name: `P ${index}`, email: `p${index % 11}@firm.com` },
          company: { name: `Firm ${index % 8}` },
        })),
      );

    test("through every row once, in one order", async () => {
      await fill();
      const whole = await allSessions(current.facts, {}, 500);
      expect(new Set(whole.map(({ id }) => id)).size).toBe(30);
      for (const limit of [1, 3, 10, 29, 30])
        expect(await allSessions(current.facts, {}, limit)).toEqual(whole);
      expect(await allPeople(current.facts, {}, 2)).toEqual(await allPeople(current.facts, {}, 500));
      expect(await allCompanies(current.facts, {}, 3)).toEqual(await allCompanies(current.facts, {}, 500));
    });

    test("and does not move while new sessions arrive", async () => {
      await fill();
      const whole = await allSessions(current.facts, {}, 500);
      const first = await current.facts.sessions({ limit: 5 });
      await arrive(current, { id: "new", startedAt: monday + 99 });
      const second = await current.facts.sessions({ limit: 500, cursor: first.nextCursor ?? "" });
      expect([...first.rows, ...second.rows]).toEqual(whole);
      expect(second.nextCursor).toBeNull();
    });

    test("with the limits and cursors of the port only", async () => {
      await fill();
      const { nextCursor } = await current.facts.people({ limit: 1 });
      for (const cursor of [
        nextCursor ?? "",
        "",
        "x",
        "sessions-1",
        "sessions--1-x",
        "sessions-9e9-x",
        "sessions-1-\ud800",
      ]) {
        const refused = await current.facts.sessions({ limit: 1, cursor }).catch((error: unknown) => error);
        expect(StoreError.isInstance(refused) && refused.code, cursor).toBe("invalid_cursor");
      }
      for (const limit of [0, 501, 1.5, Number.NaN]) {
        await expect(current.facts.sessions({ limit })).rejects.toThrow(RangeError);
        await expect(current.facts.companies({ limit })).rejects.toThrow(RangeError);
        await expect(current.facts.attribution({ model: "first", by: "source", limit })).rejects.toThrow(
          RangeError,
        );
      }
    });
  });
}
