import { describe, expect, test } from "vitest";
import { type FactStoreHarness, useFacts } from "./harness.js";
import { arrive } from "./steps.js";

const jane = { name: "Jane Doe", email: "jane@acme.example" };
const acme = { name: "Acme Corp", domain: "widgets.example", employees: 50 };
const person = "email:jane@acme.example";
const company = "domain:widgets.example";

export function describeEventsOf(harness: FactStoreHarness): void {
  describe("eventsOf", () => {
    const current = useFacts(harness);

    test("returns the events of the sessions of a person and a company, and those without a session, newest first", async () => {
      await arrive(
        current,
        { id: "e1", sid: "ses_1", person: jane, company: acme },
        { id: "e2", sid: "ses_1", person: jane, type: "identity.resolved" },
        { id: "e3", sid: "ses_2", company: acme },
        { id: "e4", sid: null, person: jane, company: acme, type: "identity.enriched" },
        { id: "e5", sid: "ses_3" },
      );
      const { facts, events } = current;
      const ids = async (query: { person?: string; company?: string }) => {
        const found: string[] = [];
        for (let cursor: string | undefined, end = false; !end;) {
          const page = await facts.eventsOf({ ...query, limit: 1, cursor });
          found.push(...page.rows.map(({ id }) => id));
          cursor = page.nextCursor ?? undefined;
          end = page.nextCursor === null;
        }
        return found.join(" ");
      };
      expect(await ids({ person })).toBe("e4 e2 e1");
      expect(await ids({ company })).toBe("e4 e3 e2 e1");
      expect(await ids({ person, company })).toBe("e4 e2 e1");
      expect(await ids({ person: "email:none" })).toBe("");
      expect(await ids({ person, company: "domain:none" })).toBe("");
      const { rows } = await facts.eventsOf({ person, limit: 500 });
      expect(rows).toEqual((await events.list({ limit: 500 })).events.filter(({ id }) => /[124]/.test(id)));
      await expect(facts.eventsOf({ person, limit: 5, cursor: "sessions-1-" })).rejects.toMatchObject({
        code: "invalid_cursor",
      });
    });
  });
}
