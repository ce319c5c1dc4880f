import { describe, expect, test } from "vitest";
import { type NewEvent, issueList } from "@sessionhook/core";
import { newEvents, newEvent, expectBytes, listAll, noStats, recount } from "./events.js";
import { type EventLogHarness, useStore } from "./harness.js";

/** Tests that the same id and bytes are stored once, and other bytes under the same id as a conflict. */
export function describeIdentity(harness: EventLogHarness): void {
  describe("stores every event exactly once", () => {
    const current = useStore(harness);

    test("a duplicate is counted, not stored, and changes nothing else", async () => {
      await current.store.append([newEvent({ receivedAt: 1000, signature: "v1,Zmlyc3Q=" })]);
      const again = newEvent({
        receivedAt: 2000,
        signature: "v1,c2Vjb25k",
        status: "quarantined",
        type: "x",
      });
      expect(await current.store.append([again])).toEqual(["duplicate"]);
      expect(await current.store.append([again])).toEqual(["duplicate"]);
      expect(await current.store.get("evt_1")).toMatchObject({
        duplicates: 2,
        receivedAt: 1000,
        signature: "v1,Zmlyc3Q=",
        status: "accepted",
        type: "identity.session.finalized",
      });
      expect(await current.store.versions("evt_1")).toHaveLength(1);
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 1, duplicates: 2 });
    });

    test("other bytes are stored as further versions, each with its own number of duplicates", async () => {
      const [a, b, c] = ["a", "b", "c"].map((raw) => newEvent({ raw }));
      const send = async (event?: NewEvent): Promise<unknown> =>
        current.store.append(event === undefined ? [] : [event]);
      expect(await send(a)).toEqual(["stored"]);
      expect(await send(b)).toEqual(["conflict"]);
      expect(await send(c)).toEqual(["conflict"]);
      expect(await send(b)).toEqual(["duplicate"]);
      expect(await send(c)).toEqual(["duplicate"]);
      expect(await send(c)).toEqual(["duplicate"]);
      expect(await send(a)).toEqual(["duplicate"]);
      expect(await current.store.versions("evt_1")).toMatchObject([
        { version: 1, status: "accepted", duplicates: 1 },
        { version: 2, status: "conflict", duplicates: 1 },
        { version: 3, status: "conflict", duplicates: 2 },
      ]);
      expectBytes((await current.store.get("evt_1"))?.raw, Uint8Array.of(0x61));
      expectBytes((await current.store.get("evt_1", 2))?.raw, Uint8Array.of(0x62));
      expectBytes((await current.store.get("evt_1", 3))?.raw, Uint8Array.of(0x63));
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 1, conflicts: 2, duplicates: 4 });
    });

    test("a conflict has its own type and issues", async () => {
      const issues = [{ path: "data", message: "expected object, found null" }];
      const other = newEvent({
        raw: "other",
        type: "other.type",
        status: "quarantined",
        ...issueList(issues),
      });
      await current.store.append([newEvent(), other]);
      expect(await current.store.get("evt_1", 2)).toMatchObject({
        type: "other.type",
        status: "conflict",
        issues,
      });
    });

    test("bytes that differ in length, in the last byte or by a zero byte are a conflict", async () => {
      const bodies = ["", "\0", "a", "a\0", "ab", "ac", "A", "a "];
      const outcomes = await current.store.append(bodies.map((raw) => newEvent({ raw })));
      expect(outcomes).toEqual(["stored", ...bodies.slice(1).map(() => "conflict")]);
      expect(await current.store.append(bodies.map((raw) => newEvent({ raw })))).toEqual(
        bodies.map(() => "duplicate"),
      );
    });

    test("the same bytes under other ids are other events", async () => {
      const events = ["evt_a", "evt_A", "evt_a ", "évt", "e\u0301vt"].map((id) =>
        newEvent({ id, raw: "{}" }),
      );
      expect(await current.store.append(events)).toEqual(events.map(() => "stored"));
    });

    test("within one batch, with the outcomes in order", async () => {
      await current.store.append([newEvent({ id: "old", raw: "1" })]);
      const batch = [
        newEvent({ id: "new", raw: "1" }),
        newEvent({ id: "old", raw: "1" }),
        newEvent({ id: "new", raw: "1" }),
        newEvent({ id: "new", raw: "2" }),
        newEvent({ id: "last", raw: "1" }),
        newEvent({ id: "old", raw: "2" }),
        newEvent({ id: "new", raw: "2" }),
        newEvent({ id: "new", raw: "3" }),
      ];
      expect(await current.store.append(batch)).toEqual([
        "stored",
        "duplicate",
        "duplicate",
        "conflict",
        "stored",
        "conflict",
        "duplicate",
        "conflict",
      ]);
      const rows = await listAll(current.store, { limit: 500 });
      expect(rows.map(({ id, version, duplicates }) => `${id} ${version} ${duplicates}`)).toEqual([
        "new 3 0",
        "old 2 0",
        "last 1 0",
        "new 2 1",
        "new 1 1",
        "old 1 1",
      ]);
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 3, conflicts: 3, duplicates: 3 });
    });

    test("an empty batch stores nothing", async () => {
      expect(await current.store.append([])).toEqual([]);
      expect(await current.store.stats()).toEqual(noStats);
    });

    test("a batch of 1000", async () => {
      const outcomes = await current.store.append([...newEvents(1000), ...newEvents(1000)]);
      expect(outcomes.slice(0, 1000).every((outcome) => outcome === "stored")).toBe(true);
      expect(outcomes.slice(1000).every((outcome) => outcome === "duplicate")).toBe(true);
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 1000, duplicates: 1000 });
    });

    test("with 50 concurrent calls", async () => {
      const calls = Array.from({ length: 50 }, async () => current.store.append([newEvent()]));
      const outcomes = (await Promise.all(calls)).flat();
      expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "duplicate")).toHaveLength(49);
      expect(await current.store.versions("evt_1")).toMatchObject([{ version: 1, duplicates: 49 }]);
      expect(await current.store.stats()).toEqual(await recount(current.store));
    });

    test("conflicts of 20 concurrent calls get versions without a gap", async () => {
      const calls = Array.from({ length: 20 }, async (_, index) =>
        current.store.append([newEvent({ raw: `${index}` })]),
      );
      await Promise.all(calls);
      const versions = await current.store.versions("evt_1");
      expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect(versions.filter(({ status }) => status === "conflict")).toHaveLength(19);
    });

    test("a batch that fails partway stores nothing, and the store remains usable", async () => {
      await current.store.append([newEvent({ id: "before", raw: "1" })]);
      const poisoned = newEvent({ id: "poisoned" });
      Object.defineProperty(poisoned, "raw", {
        get: () => {
          throw new Error("the poison");
        },
      });
      const batch = [
        newEvent({ id: "first" }),
        newEvent({ id: "before", raw: "1" }),
        newEvent({ id: "before", raw: "2" }),
        poisoned,
        newEvent({ id: "last" }),
      ];
      await expect(current.store.append(batch)).rejects.toThrow(Error);
      expect(await listAll(current.store, { limit: 500 })).toMatchObject([{ id: "before", duplicates: 0 }]);
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 1 });
      expect(await current.store.append([newEvent({ id: "first" })])).toEqual(["stored"]);
    });
  });
}
