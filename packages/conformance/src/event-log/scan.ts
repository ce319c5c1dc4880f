import {
  classifications,
  eventStatuses,
  type EventLog,
  type ScanPage,
  type ScanQuery,
  type StoredEvent,
  issueList,
} from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvents, newEvent, expectBytes, expectStoreError, listAll } from "./events.js";
import { type EventLogHarness, useStore } from "./harness.js";

/** Reads all pages by their positions; `between` runs after every page. */
export async function scanAll(
  store: EventLog,
  query: ScanQuery,
  between: (page: ScanPage) => Promise<void> = async () => {},
): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  let { after } = query;
  for (;;) {
    const page: ScanPage = await store.scan(after === undefined ? query : { ...query, after });
    expect(page.events.length).toBeLessThanOrEqual(query.limit);
    all.push(...page.events);
    await between(page);
    if (page.end) return all;
    if (page.position === after) throw new Error("The position of the next page equals the one of this page");
    after = page.position;
  }
}

/** Tests reading the event log oldest first, with bodies, from a position on. */
export function describeScan(harness: EventLogHarness): void {
  describe("scans the event log", () => {
    const current = useStore(harness);

    test("from an empty store, and continues from there", async () => {
      const empty = await current.store.scan({ limit: 10 });
      expect(empty).toMatchObject({ events: [], end: true });
      expect(await current.store.scan({ limit: 10, after: empty.position })).toEqual(empty);
      await current.store.append(newEvents(2));
      const { events, end } = await current.store.scan({ limit: 10, after: empty.position });
      expect(events.map(({ id }) => id)).toEqual(["evt_0", "evt_1"]);
      expect(end).toBe(true);
    });

    test("oldest first, with everything that get returns, including conflicts", async () => {
      const issues = [{ path: "data", message: "expected object, found null" }];
      await current.store.append([
        newEvent({ id: "b" }),
        newEvent({ id: "a", raw: new Uint8Array([0, 255]) }),
      ]);
      await current.store.append([newEvent({ id: "b", raw: "other" }), newEvent({ id: "b" })]);
      await current.store.append([
        newEvent({ id: "c", status: "quarantined", type: null, ...issueList(issues), raw: "" }),
      ]);
      for (const limit of [1, 2, 3, 500]) {
        const events = await scanAll(current.store, { limit });
        expect(events.map(({ id, version }) => `${id}${version}`)).toEqual(["b1", "a1", "b2", "c1"]);
        for (const event of events) {
          const { raw, ...rest } = (await current.store.get(event.id, event.version)) as StoredEvent;
          expect({ ...event, raw: undefined }).toEqual({ ...rest, raw: undefined });
          expectBytes(event.raw, raw);
        }
      }
    });

    test("with the same filters as the list", async () => {
      for (let index = 0; index < 36; index++) {
        const id = `${index % 2 === 0 ? "even" : "odd"}_${index}`;
        const status = classifications[index % 3] ?? "accepted";
        const type = index % 4 === 0 ? null : `t${index % 2}`;
        await current.store.append([newEvent({ id, status, type })]);
        if (index % 5 === 0) await current.store.append([newEvent({ id, status, type, raw: "other" })]);
      }
      const asked = [undefined, ...eventStatuses];
      for (const status of asked) {
        for (const type of [undefined, "t1", "other"]) {
          for (const q of [undefined, "", "even_", "odd_1", "none"]) {
            const filter = { status, type, q };
            const expected = (await listAll(current.store, { ...filter, limit: 500 })).toReversed();
            for (const limit of [3, 500]) {
              const events = await scanAll(current.store, { ...filter, limit });
              const summaries = events.map(({ id, version }) => ({ id, version }));
              expect(summaries).toEqual(expected.map(({ id, version }) => ({ id, version })));
            }
          }
        }
      }
    });

    test("with events that arrive between pages at the end", async () => {
      await current.store.append(newEvents(5));
      let late = 0;
      const seen = await scanAll(current.store, { limit: 2 }, async () => {
        if (late < 3) await current.store.append([newEvent({ id: `late_${late++}` })]);
      });
      expect(seen.map(({ id }) => id)).toEqual([
        ...newEvents(5).map(({ id }) => id),
        "late_0",
        "late_1",
        "late_2",
      ]);
    });

    test("from the position of any row, as every read returns it", async () => {
      await current.store.append([...newEvents(4), newEvent({ id: "evt_1", raw: "other" })]);
      const newestFirst = await listAll(current.store, { limit: 2 });
      const all = newestFirst.toReversed();
      expect(new Set(all.map(({ position }) => position)).size).toBe(5);
      for (const [index, { id, version, position }] of all.entries()) {
        const following = await scanAll(current.store, { limit: 2, after: position });
        const rest = all.slice(index + 1);
        expect(following.map((event) => event.position)).toEqual(rest.map((event) => event.position));
        expect(following.map((event) => event.id)).toEqual(rest.map((event) => event.id));
        expect((await current.store.get(id, version))?.position).toBe(position);
        expect((await current.store.versions(id)).map((one) => one.position)).toContain(position);
      }
      const { position } = await current.store.scan({ limit: 500 });
      expect(position).toBe(all.at(-1)?.position);
    });

    test("with pages of at most 3 MiB of bodies", async () => {
      const raw = new Uint8Array(900_000).fill(120);
      for (let index = 0; index < 5; index++) await current.store.append([newEvent({ id: `${index}`, raw })]);
      const first = await current.store.scan({ limit: 100 });
      expect(first.events.map(({ id }) => id)).toEqual(["0", "1", "2"]);
      expect(first.end).toBe(false);
      const second = await current.store.scan({ limit: 100, after: first.position });
      expect(second.events.map(({ id }) => id)).toEqual(["3", "4"]);
      expect(second.end).toBe(true);
    });

    test("and rejects invalid positions and page sizes", async () => {
      await current.store.append(newEvents(3));
      const { position } = await current.store.scan({ limit: 1 });
      const { nextCursor } = await current.store.list({ limit: 1 });
      for (const after of ["", " ", "x", "0", "after-", "after--1", `${position}x`, nextCursor ?? ""])
        await expectStoreError(current.store.scan({ limit: 1, after }), "invalid_cursor");
      for (const limit of [0, -1, 501, 1.5, Number.NaN])
        await expect(current.store.scan({ limit })).rejects.toThrow(RangeError);
    });
  });
}
