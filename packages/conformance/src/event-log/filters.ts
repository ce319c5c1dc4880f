import { classifications, eventStatuses, type ListQuery } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvent, listAll, listIds } from "./events.js";
import { type EventLogHarness, useStore } from "./harness.js";

const types = ["identity.session.finalized", "identity.resolved", null];

/** Tests the filters by status, type and id prefix, and their combinations. */
export function describeFilters(harness: EventLogHarness): void {
  describe("filters the list", () => {
    const current = useStore(harness);

    test("by id prefix, which is case-sensitive and has no special characters", async () => {
      const ids = ["evt_1", "evt_10", "evt_2", "EVT_1", "evtx1", "e%t", "e_t", "e*t", "e[a]t", "eat", "e?t"];
      await current.store.append(
        [...ids, "e\\t", "é", "e\u{10ffff}z", "e\ud7ffz", "e\ue000z", "日本語"].map((id) => newEvent({ id })),
      );
      const find = async (q: string): Promise<string[]> => (await listIds(current.store, { q })).sort();
      expect(await find("evt_1")).toEqual(["evt_1", "evt_10"]);
      expect(await find("evt_10")).toEqual(["evt_10"]);
      expect(await find("evt_100")).toEqual([]);
      expect(await find("evt_")).toEqual(["evt_1", "evt_10", "evt_2"]);
      expect(await find("EVT")).toEqual(["EVT_1"]);
      expect(await find("vt_1")).toEqual([]);
      for (const q of ["%", "_", "*", "[", "?", "\\", "[a]t", "^e", ".", "e.t", "e[ae]t"])
        expect(await find(q)).toEqual([]);
      for (const q of ["e%", "e_", "e*", "e?", "e\\"]) expect(await find(q)).toEqual([`${q}t`]);
      expect(await find("e[")).toEqual(["e[a]t"]);
      expect(await find("é")).toEqual(["é"]);
      expect(await find("e\u{10ffff}")).toEqual(["e\u{10ffff}z"]);
      expect(await find("\u{10ffff}")).toEqual([]);
      expect(await find("e\ud7ff")).toEqual(["e\ud7ffz"]);
      expect(await find("日本")).toEqual(["日本語"]);
      expect(await find("")).toHaveLength(17);
    });

    test("by every combination, over several pages", async () => {
      for (let index = 0; index < 60; index++) {
        const status = classifications[index % 3] ?? "accepted";
        const type = types[Math.floor(index / 3) % 3] ?? null;
        const id = `${index % 2 === 0 ? "even" : "odd"}_${index}`;
        await current.store.append([newEvent({ id, status, type })]);
        // Every fifth id also has a conflict of the same type.
        if (index % 5 === 0) await current.store.append([newEvent({ id, status, type, raw: "other" })]);
      }
      const all = await listAll(current.store, { limit: 500 });
      expect(all).toHaveLength(72);
      const asked = [undefined, ...eventStatuses];
      for (const status of asked) {
        for (const type of [undefined, "identity.session.finalized", "identity.resolved", "other", ""]) {
          for (const q of [undefined, "even_", "odd_1", "none"]) {
            const expected = all.filter(
              (row) =>
                (status === undefined || row.status === status) &&
                (type === undefined || row.type === type) &&
                (q === undefined || row.id.startsWith(q)),
            );
            for (const limit of [3, 500])
              expect(await listAll(current.store, definedOnly({ status, type, q, limit }))).toEqual(expected);
          }
        }
      }
    });

    test("rows that arrive between filtered pages change nothing", async () => {
      const row = (id: string) => newEvent({ id, status: "quarantined", type: "t" });
      await current.store.append(["a1", "b1", "a2", "b2", "a3", "a4"].map(row));
      let late = 0;
      const query = { status: "quarantined", type: "t", q: "a", limit: 1 } as const;
      const seen = await listAll(current.store, query, async () => {
        await current.store.append([row(`a_late${late++}`)]);
      });
      expect(seen.map(({ id }) => id)).toEqual(["a4", "a3", "a2", "a1"]);
    });
  });
}

/** Removes undefined filters: drivers must handle absent and undefined filters in the same way. */
function definedOnly(query: ListQuery): ListQuery {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as unknown as ListQuery;
}
