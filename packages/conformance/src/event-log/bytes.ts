import { describe, expect, test } from "vitest";
import { newEvent, expectBytes, incompressible } from "./events.js";
import { type EventLogHarness, useStore } from "./harness.js";

const bodies: Record<string, Uint8Array> = {
  "every byte value": Uint8Array.from({ length: 256 }, (_, value) => value),
  "an empty body": new Uint8Array(0),
  "a body of 1 MB": Uint8Array.from({ length: 1_048_576 }, (_, index) => (index * 31 + (index >> 8)) & 0xff),
  "what is not UTF-8": Uint8Array.of(0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80),
  "zero bytes only": new Uint8Array(1000),
  "a byte order mark and line ends": new TextEncoder().encode("\ufeff{}\r\n"),
};

/** Tests that a store returns exactly what it received. */
export function describeBytes(harness: EventLogHarness): void {
  describe("returns what it received", () => {
    const current = useStore(harness);

    test.each(Object.entries(bodies))("%s", async (_, raw) => {
      expect(await current.store.append([newEvent({ raw })])).toEqual(["stored"]);
      const event = await current.store.get("evt_1");
      expectBytes(event?.raw, raw);
      expect(event?.size).toBe(raw.byteLength);
      expect(await current.store.append([newEvent({ raw })])).toEqual(["duplicate"]);
    });

    test("a body of 1 MB that does not compress, after repeats and a conflict", async () => {
      const [raw, other] = [incompressible(1_048_576, 1), incompressible(1_048_576, 2)];
      const event = newEvent({ raw });
      expect(await current.store.append([event])).toEqual(["stored"]);
      const repeats = await Promise.all([
        current.store.append([event]),
        current.store.append([event, event]),
      ]);
      expect(repeats.flat()).toEqual(["duplicate", "duplicate", "duplicate"]);
      expect(await current.store.append([newEvent({ raw: other }), event])).toEqual([
        "conflict",
        "duplicate",
      ]);
      expectBytes((await current.store.get("evt_1"))?.raw, raw);
      expectBytes((await current.store.get("evt_1", 2))?.raw, other);
      const { events } = await current.store.scan({ limit: 2 });
      expectBytes(events[0]?.raw, raw);
      expectBytes(events[1]?.raw, other);
      expect(await current.store.versions("evt_1")).toMatchObject([{ duplicates: 4 }, { duplicates: 0 }]);
    });

    test("a body of 1 MB that concurrent calls store", async () => {
      const raw = incompressible(1_048_576, 3);
      const calls = Array.from({ length: 4 }, async () => current.store.append([newEvent({ raw })]));
      const outcomes = (await Promise.all(calls)).flat();
      expect(outcomes.toSorted()).toEqual(["duplicate", "duplicate", "duplicate", "stored"]);
      expectBytes((await current.store.get("evt_1"))?.raw, raw);
    });

    test("only the view of a larger buffer", async () => {
      const raw = Uint8Array.of(1, 2, 3, 4, 5, 6).subarray(2, 4);
      await current.store.append([newEvent({ raw })]);
      expect((await current.store.get("evt_1"))?.raw).toEqual(Uint8Array.of(3, 4));
    });

    test("the bytes at the time of the call, although the caller changes them later", async () => {
      const raw = Uint8Array.of(1, 2, 3);
      await current.store.append([newEvent({ raw })]);
      raw.fill(0);
      const first = await current.store.get("evt_1");
      expect(first?.raw).toEqual(Uint8Array.of(1, 2, 3));
      first?.raw.fill(9);
      expect((await current.store.get("evt_1"))?.raw).toEqual(Uint8Array.of(1, 2, 3));
    });

    test("every field", async () => {
      const issues = [
        { path: "data.enrichment.companies[0].name", message: "expected string, found number" },
        { path: "", message: "„Grüße” \u{1f600} \\ \" '" },
      ];
      const event = newEvent({
        id: "evt_full",
        type: "identity.resolved",
        status: "quarantined",
        issues,
        total: 315,
        exact: false,
        receivedAt: 1_999_999_999_999,
        attemptTimestamp: 1_888_888_888,
        signature: "v1,YQ== v1a,Yg== v1,Yw==",
        raw: "{}",
      });
      await current.store.append([event]);
      const summary = {
        id: "evt_full",
        version: 1,
        type: "identity.resolved",
        status: "quarantined",
        receivedAt: 1_999_999_999_999,
        attemptTimestamp: 1_888_888_888,
        size: 2,
        duplicates: 0,
        position: expect.any(String) as string,
      };
      const { raw, ...rest } = (await current.store.get("evt_full")) ?? {};
      expect(rest).toEqual({ ...summary, issues, total: 315, exact: false, signature: event.signature });
      expectBytes(raw, event.raw);
      expect((await current.store.list({ limit: 1 })).events).toEqual([summary]);
      expect(await current.store.versions("evt_full")).toEqual([summary]);
    });

    test("an event without a type", async () => {
      await current.store.append([newEvent({ type: null, status: "unrecognized" })]);
      expect(await current.store.get("evt_1")).toMatchObject({ type: null, status: "unrecognized" });
      expect((await current.store.list({ limit: 1 })).events).toMatchObject([{ type: null }]);
    });

    test("nothing for an unknown id", async () => {
      await current.store.append([newEvent()]);
      expect(await current.store.get("evt_2")).toBeUndefined();
      expect(await current.store.get("evt_1", 2)).toBeUndefined();
      expect(await current.store.get("evt_1", 0)).toBeUndefined();
      expect(await current.store.get("evt_1", -1)).toBeUndefined();
      expect(await current.store.get("EVT_1")).toBeUndefined();
      expect(await current.store.get("")).toBeUndefined();
      expect(await current.store.versions("evt_2")).toEqual([]);
    });
  });
}
