import { describe, expect, test } from "vitest";
import { newEvents, newEvent, expectStoreError, listAll, listIds } from "./events.js";
import { type EventLogHarness, useStore } from "./harness.js";

/** Tests order, pages and cursors. */
export function describePaging(harness: EventLogHarness): void {
  describe("lists in pages", () => {
    const current = useStore(harness);
    const newestFirst = (count: number, prefix = "evt_"): string[] =>
      Array.from({ length: count }, (_, index) => `${prefix}${count - 1 - index}`);

    test("an empty store has one empty page", async () => {
      expect(await current.store.list({ limit: 10 })).toEqual({ events: [], nextCursor: null });
    });

    test("newest first by arrival, independent of clock and ids", async () => {
      const ids = ["m", "z", "a", "k"];
      for (const [index, id] of ids.entries())
        await current.store.append([
          newEvent({ id, receivedAt: 9000 - index, attemptTimestamp: 900 - index }),
        ]);
      await current.store.append([
        newEvent({ id: "c", receivedAt: 1 }),
        newEvent({ id: "b", receivedAt: 99_999 }),
        newEvent({ id: "d", receivedAt: 5 }),
      ]);
      expect(await listIds(current.store)).toEqual(["d", "b", "c", "k", "a", "z", "m"]);
    });

    test("a duplicate does not move a row", async () => {
      await current.store.append(newEvents(3));
      await current.store.append([newEvent({ id: "evt_0" })]);
      expect(await listIds(current.store)).toEqual(newestFirst(3));
    });

    test("pages of every size contain every row once, in order", async () => {
      await current.store.append(newEvents(23));
      for (let limit = 1; limit <= 25; limit++) {
        const rows = await listAll(current.store, { limit });
        expect(rows.map(({ id }) => id)).toEqual(newestFirst(23));
      }
    });

    test("a page that ends with the last row is the last page", async () => {
      await current.store.append(newEvents(4));
      expect((await current.store.list({ limit: 4 })).nextCursor).toBeNull();
      const { nextCursor } = await current.store.list({ limit: 2 });
      expect((await current.store.list({ limit: 2, cursor: nextCursor ?? "" })).nextCursor).toBeNull();
    });

    test("rows that arrive between pages neither appear nor displace others", async () => {
      for (const limit of [1, 2, 3, 7]) {
        const before = (await listAll(current.store, { limit: 500 })).map(({ id }) => id);
        await current.store.append(newEvents(12, `r${limit}_`));
        let arrived = 0;
        const seen = await listAll(current.store, { limit }, async () => {
          await current.store.append(newEvents(2, `late${limit}_${arrived++}_`));
          await current.store.append([newEvent({ id: `r${limit}_0` })]);
        });
        expect(seen.map(({ id }) => id)).toEqual([...newestFirst(12, `r${limit}_`), ...before]);
      }
    });

    test("the same cursor returns the same page again", async () => {
      await current.store.append(newEvents(5));
      const { nextCursor } = await current.store.list({ limit: 2 });
      const page = await current.store.list({ limit: 2, cursor: nextCursor ?? "" });
      expect(await current.store.list({ limit: 2, cursor: nextCursor ?? "" })).toEqual(page);
      expect(page.events.map(({ id }) => id)).toEqual(["evt_2", "evt_1"]);
    });

    test("limits of 1 and of 500", async () => {
      await current.store.append(newEvents(501));
      const one = await current.store.list({ limit: 1 });
      expect(one.events.map(({ id }) => id)).toEqual(["evt_500"]);
      const most = await current.store.list({ limit: 500 });
      expect(most.events).toHaveLength(500);
      const rest = await current.store.list({ limit: 500, cursor: most.nextCursor ?? "" });
      expect(rest).toMatchObject({ events: [{ id: "evt_0" }], nextCursor: null });
    });

    test("a limit outside 1 to 500 is rejected", async () => {
      for (const limit of [0, -1, 501, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
        await expect(current.store.list({ limit })).rejects.toThrow(Error);
    });

    test("an invalid cursor is rejected", async () => {
      await current.store.append(newEvents(3));
      const { nextCursor } = await current.store.list({ limit: 1 });
      const invalid = ["", " ", "x", "0", "-1", "1 OR 1=1", "null", "%", "\u{1f600}", "9".repeat(400)];
      const others = ["deliveries", "replays"].map((list) => nextCursor?.replace("events", list) ?? "");
      for (const cursor of [...invalid, ...others, `${nextCursor}x`, `x${nextCursor}`, ` ${nextCursor}`])
        await expectStoreError(current.store.list({ limit: 1, cursor }), "invalid_cursor");
      expect(await listIds(current.store, { limit: 1, cursor: nextCursor ?? "" })).toEqual(["evt_1"]);
    });
  });
}
