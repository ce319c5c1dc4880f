import { noIssues, issueList } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvents, newEvent, expectBytes, expectStoreError, listAll, listIds, noStats } from "./events.js";
import { type EventLogHarness, useStore } from "./harness.js";

export function describeLifecycle(harness: EventLogHarness): void {
  describe("opens and closes", () => {
    const current = useStore(harness);

    test("a new store is empty and accepts writes", async () => {
      expect(await current.store.checkWritable()).toBeUndefined();
      expect(await current.store.stats()).toEqual(noStats);
    });

    test("a write check changes no data", async () => {
      await current.store.append(newEvents(2));
      for (let count = 0; count < 3; count++) await current.store.checkWritable();
      expect(await listIds(current.store)).toEqual(["evt_1", "evt_0"]);
      expect(await current.store.stats()).toEqual({ ...noStats, accepted: 2 });
    });

    test("after close every method rejects with store_unavailable", async () => {
      const { store } = current;
      await store.append([newEvent()]);
      await store.close();
      const to = { type: null, status: "accepted", ...noIssues } as const;
      for (const call of [
        async () => store.append([newEvent({ id: "evt_2" })]),
        async () => store.append([]),
        async () => store.get("evt_1"),
        async () => store.versions("evt_1"),
        async () => store.list({ limit: 1 }),
        async () => store.scan({ limit: 1 }),
        async () => store.stats(),
        async () => store.reclassify("evt_1", to),
        async () => store.checkWritable(),
      ])
        await expectStoreError(call(), "store_unavailable");
      expect(await store.close()).toBeUndefined();
    });

    test("close may be called repeatedly and concurrently", async () => {
      await Promise.all([current.store.close(), current.store.close()]);
      expect(await current.store.close()).toBeUndefined();
    });

    test("close waits for running calls", async () => {
      const appended = current.store.append(newEvents(20));
      await current.store.close();
      expect(await appended).toHaveLength(20);
    });

    if (!harness.persistent) return;

    test("all data is present after reopening", async () => {
      const issues = [{ path: "a", message: "expected string, found null" }];
      await current.store.append([...newEvents(10), ...newEvents(3)]);
      await current.store.append([
        newEvent({ id: "evt_0", raw: "other" }),
        newEvent({ id: "evt_q", status: "quarantined", type: null, ...issueList(issues) }),
      ]);
      await current.store.reclassify("evt_3", { type: "t", status: "unrecognized", ...noIssues });
      const rows = await listAll(current.store, { limit: 500 });
      const stats = await current.store.stats();
      const page = await current.store.list({ limit: 4 });

      const reopened = await current.reopen();
      expect(await listAll(reopened, { limit: 500 })).toEqual(rows);
      expect(await reopened.stats()).toEqual(stats);
      expect(await reopened.get("evt_q")).toMatchObject({ status: "quarantined", issues });
      expectBytes((await reopened.get("evt_0", 2))?.raw, newEvent({ raw: "other" }).raw);
      expect(await reopened.append(newEvents(1))).toEqual(["duplicate"]);
      await reopened.append([newEvent({ id: "evt_new" })]);
      const cursor = page.nextCursor ?? "";
      expect((await reopened.list({ limit: 4, cursor })).events).toMatchObject(
        rows.slice(4, 8).map(({ id, version }) => ({ id, version })),
      );
      expect((await reopened.list({ limit: 1 })).events).toMatchObject([{ id: "evt_new" }]);
    });
  });
}
