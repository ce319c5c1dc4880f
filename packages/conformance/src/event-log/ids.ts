import { noIssues } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvent, expectBytes, listIds, noStats } from "./events.js";
import { type EventLogHarness, useStore } from "./harness.js";

const hostile = [
  "'",
  '"',
  "`",
  "\\",
  "evt_'; DROP TABLE events; --",
  "' OR '1'='1",
  "\"; DELETE FROM events WHERE '' = '",
  "$1",
  "?",
  ":id",
  "{}",
  "__proto__",
  "constructor",
  "null",
  "../../etc/passwd",
  "evt/1",
  "evt 1",
  "0",
  "00",
  "1e3",
  "Ünïcödé-日本語-\u{1f600}",
  "x".repeat(256),
  "\u{1f600}".repeat(128),
];

/** Tests that ids and types may be any text. */
export function describeIds(harness: EventLogHarness): void {
  describe("does not interpret ids and types", () => {
    const current = useStore(harness);

    test("ids", async () => {
      const events = hostile.map((id) => newEvent({ id, raw: `body of ${id}` }));
      expect(await current.store.append(events)).toEqual(events.map(() => "stored"));
      expect(await current.store.append(events)).toEqual(events.map(() => "duplicate"));
      for (const { id, raw } of events) {
        const event = await current.store.get(id);
        expect(event?.id).toBe(id);
        expectBytes(event?.raw, raw);
        expect(await current.store.versions(id)).toMatchObject([{ id, duplicates: 1 }]);
        expect(await listIds(current.store, { q: id })).toContain(id);
      }
      expect(await listIds(current.store)).toEqual(hostile.toReversed());
    });

    test("types", async () => {
      await current.store.append(hostile.map((type, index) => newEvent({ id: `evt_${index}`, type })));
      for (const [index, type] of hostile.entries())
        expect(await listIds(current.store, { type })).toEqual([`evt_${index}`]);
    });

    test("injection attempts in queries find nothing and change nothing", async () => {
      await current.store.append([newEvent()]);
      for (const text of hostile.slice(0, 12)) {
        expect(await listIds(current.store, { q: text })).toEqual([]);
        expect(await listIds(current.store, { type: text })).toEqual([]);
        expect(await current.store.get(text)).toBeUndefined();
        expect(await current.store.versions(text)).toEqual([]);
        const to = { type: text, status: "accepted", ...noIssues } as const;
        expect(await current.store.reclassify(text, to)).toBe(false);
      }
      expect(await listIds(current.store)).toEqual(["evt_1"]);
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 1 });
    });
  });
}
