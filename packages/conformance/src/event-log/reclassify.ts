import { noIssues, issueList } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvent, expectBytes, incompressible, listIds, noStats, recount } from "./events.js";
import { type EventLogHarness, useStore } from "./harness.js";

export function describeReclassify(harness: EventLogHarness): void {
  describe("reclassifies", () => {
    const current = useStore(harness);
    const issues = [{ path: "data.session", message: "expected object, found null" }];
    const accepted = { type: "identity.resolved", status: "accepted", ...noIssues } as const;

    test("type, status, issues and counts, and nothing else", async () => {
      await current.store.append([
        newEvent({ id: "older" }),
        newEvent({ status: "quarantined", type: null, ...issueList(issues) }),
      ]);
      await current.store.append([newEvent({ id: "newer" }), newEvent()]);
      const before = await current.store.get("evt_1");
      expect(await current.store.reclassify("evt_1", accepted)).toBe(true);
      const after = await current.store.get("evt_1");
      expect(after).toEqual({ ...before, ...accepted });
      expectBytes(after?.raw, newEvent().raw);
      expect(await listIds(current.store)).toEqual(["newer", "evt_1", "older"]);
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 3, duplicates: 1 });
    });

    test("moves the event between the filters", async () => {
      await current.store.append([newEvent({ status: "unrecognized", type: "new.type" })]);
      await current.store.reclassify("evt_1", {
        type: "identity.resolved",
        status: "quarantined",
        ...issueList(issues),
      });
      expect(await listIds(current.store, { status: "unrecognized" })).toEqual([]);
      expect(await listIds(current.store, { type: "new.type" })).toEqual([]);
      expect(await listIds(current.store, { status: "quarantined", type: "identity.resolved" })).toEqual([
        "evt_1",
      ]);
      expect((await current.store.get("evt_1"))?.issues).toEqual(issues);
      await current.store.reclassify("evt_1", { type: null, status: "unrecognized", ...noIssues });
      expect(await current.store.get("evt_1")).toMatchObject({
        type: null,
        status: "unrecognized",
        ...noIssues,
      });
      expect(await current.store.stats()).toEqual({ ...noStats, unrecognized: 1 });
    });

    test("to the same classification", async () => {
      await current.store.append([newEvent()]);
      expect(await current.store.reclassify("evt_1", accepted)).toBe(true);
      expect(await current.store.reclassify("evt_1", accepted)).toBe(true);
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 1 });
    });

    test("with long issues, again and again, and counts them once", async () => {
      await current.store.append([newEvent(), newEvent({ raw: "other" })]);
      const long = (seed: number) =>
        issueList([{ path: Buffer.from(incompressible(200_000, seed)).toString("hex"), message: "m" }]);
      for (const list of [long(1), long(2), long(2), long(1)]) {
        expect(await current.store.reclassify("evt_1", { type: "t", status: "quarantined", ...list })).toBe(
          true,
        );
        expect(await current.store.get("evt_1")).toMatchObject({ status: "quarantined", ...list });
      }
      expect(await current.store.append([newEvent()])).toEqual(["duplicate"]);
      expect(await current.store.stats()).toEqual(await recount(current.store));
    });

    test("the event, not its conflicts", async () => {
      await current.store.append([
        newEvent({ status: "quarantined", raw: "1" }),
        newEvent({ status: "quarantined", raw: "2", ...issueList(issues) }),
      ]);
      expect(await current.store.reclassify("evt_1", accepted)).toBe(true);
      expect(await current.store.get("evt_1", 2)).toMatchObject({ status: "conflict", ...issueList(issues) });
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 1, conflicts: 1 });
    });

    test("no unknown id", async () => {
      await current.store.append([newEvent()]);
      expect(await current.store.reclassify("evt_2", accepted)).toBe(false);
      expect(await current.store.stats()).toEqual(await recount(current.store));
    });

    test("without forgetting the event: its bytes are still a duplicate", async () => {
      await current.store.append([newEvent({ status: "quarantined" })]);
      await current.store.reclassify("evt_1", accepted);
      expect(await current.store.append([newEvent({ status: "quarantined" })])).toEqual(["duplicate"]);
      expect(await current.store.get("evt_1")).toMatchObject({ status: "accepted", duplicates: 1 });
    });
  });
}
