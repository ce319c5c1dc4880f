import { type EventLog, issueList, type NewEvent } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { expect, test } from "vitest";
import { newestEvents, pathPattern } from "./newest-events.js";
import { recheckMany } from "./recheck.js";

const now = 1_772_366_400_000;

function quarantined(id: string, body: string, path: string): NewEvent {
  return {
    id,
    type: "identity.session.finalized",
    status: "quarantined",
    ...issueList([{ path, message: "expected number, found string" }]),
    raw: new TextEncoder().encode(body),
    receivedAt: now,
    attemptTimestamp: now / 1000,
    signature: "v1,c2lnbmF0dXJl",
  };
}

/** Valid bodies that an older schema did not accept, each followed by one that does not fit today either. */
async function filled(pairs: number): Promise<EventLog> {
  const store = createMemoryStore();
  const simulator = createSimulator({ seed: 5, now });
  for (let i = 0; i < pairs; i++) {
    await store.append([
      quarantined(`good_${i}`, simulator.next().body, `data.list[${i}].size`),
      quarantined(`bad_${i}`, '{"type":"identity.session.finalized"}', "data"),
      { ...quarantined(`other_${i}`, "{}", "data"), status: "accepted" },
    ]);
  }
  return store;
}

test("a recheck of many has the effect that was shown before, and changes nothing before it", async () => {
  const store = await filled(7);
  const selection = { status: "quarantined" } as const;
  const before = await recheckMany(store, selection, { now: () => now }, { store: false });
  expect(before).toEqual({
    counts: { accepted: 7, quarantined: 7, unrecognized: 0 },
    changed: ["good_0", "good_1", "good_2", "good_3", "good_4"],
    position: expect.any(String),
    complete: true,
  });
  expect(await store.stats()).toMatchObject({ accepted: 7, quarantined: 14 });
  expect(await recheckMany(store, selection, { now: () => now }, { store: true })).toEqual(before);
  expect(await store.stats()).toMatchObject({ accepted: 14, quarantined: 7 });
  // The issues of what stays are those of today's schema.
  expect((await store.get("bad_3"))?.issues).not.toEqual([
    { path: "data", message: "expected number, found string" },
  ]);
  const again = await recheckMany(store, selection, { now: () => now }, { store: true });
  expect(again.counts).toEqual({ accepted: 0, quarantined: 7, unrecognized: 0 });
});

test("selects by the path of an issue, whatever its positions in arrays", async () => {
  const store = await filled(12);
  const selection = { status: "quarantined", path: "data.list[].size" } as const;
  const { counts } = await recheckMany(store, selection, { now: () => now }, { store: true });
  expect(counts).toEqual({ accepted: 12, quarantined: 0, unrecognized: 0 });
  expect(await store.stats()).toMatchObject({ quarantined: 12 });
  expect(pathPattern("a[0][12].b[3]")).toBe("a[][].b[]");
});

test("stops at its limits, and continues where it ended", async () => {
  const store = await filled(10);
  const selection = { status: "quarantined" } as const;
  const few = await recheckMany(store, selection, { now: () => now, maxEvents: 4 }, { store: false });
  expect(few).toEqual({
    counts: { accepted: 2, quarantined: 2, unrecognized: 0 },
    changed: ["good_0", "good_1"],
    position: (await store.get("bad_1"))?.position,
    complete: false,
  });
  const next = { now: () => now, maxEvents: 4, after: few.position };
  expect(await recheckMany(store, selection, next, { store: false })).toMatchObject({
    changed: ["good_2", "good_3"],
    complete: false,
  });
  const large = await recheckMany(store, selection, { now: () => now, maxBytes: 1 }, { store: false });
  expect(large).toMatchObject({ changed: ["good_0"], complete: false });
  let clock = now;
  const slow = await recheckMany(store, selection, { now: () => (clock += 10), maxMs: 35 }, { store: true });
  expect(slow.complete).toBe(false);
  expect(await store.stats()).toMatchObject({ accepted: 10 + slow.counts.accepted });
  expect(slow.counts.accepted).toBeLessThan(10);
  const late = { now: () => (clock += 10), maxMs: 0, after: slow.position };
  const { position } = await recheckMany(store, selection, late, { store: true });
  expect(position).not.toBe(slow.position);
  await expect(
    recheckMany(store, selection, { now: () => now, after: "nonsense" }, { store: false }),
  ).rejects.toMatchObject({ code: "invalid_cursor" });
});

test("reaches old events behind more newer ones than a run examines, by their path too", async () => {
  const store = createMemoryStore();
  const simulator = createSimulator({ seed: 5, now });
  const old = Array.from({ length: 30 }, (_, i) => quarantined(`old_${i}`, simulator.next().body, "data.a"));
  const newer = Array.from({ length: 50 }, (_, i) =>
    quarantined(`new_${i}`, '{"type":"identity.session.finalized"}', "data.b"),
  );
  await store.append([...old, ...newer]);
  const limits = { now: () => now, maxEvents: 20 };
  const run = (path: string | undefined, after: string | undefined) =>
    recheckMany(store, { status: "quarantined", path }, { ...limits, after }, { store: true });
  const last = await run("data.b", undefined);
  expect(last).toMatchObject({ counts: { accepted: 0, quarantined: 20 }, complete: false });
  let accepted = 0;
  let [complete, after, runs]: [boolean, string | undefined, number] = [false, undefined, 0];
  for (; !complete && runs < 10; runs++) {
    const effect = await run("data.a", after);
    accepted += effect.counts.accepted;
    ({ complete, position: after } = effect);
  }
  expect([accepted, runs]).toEqual([30, 2]);
  expect(await store.stats()).toMatchObject({ accepted: 30, quarantined: 50 });
});

test("reads the newest events in their order, across pages, and at least one that is too large", async () => {
  const store = createMemoryStore();
  const events = Array.from({ length: 1203 }, (_, i) => quarantined(`evt_${i}`, `${i}`.padStart(100), "x"));
  await store.append(events);
  const read = async (limits: Parameters<typeof newestEvents>[2]) => {
    const { pages, complete } = await newestEvents(store, "quarantined", limits);
    const ids: string[] = [];
    for await (const page of pages) ids.push(...page.map(({ id }) => id));
    return { ids, complete };
  };
  const newest = (count: number) => events.slice(-count).map(({ id }) => id);
  expect(await read({})).toEqual({ ids: newest(1000), complete: false });
  expect(await read({ maxEvents: 1203 })).toEqual({ ids: newest(1203), complete: true });
  expect(await read({ maxBytes: 250 })).toEqual({ ids: newest(2), complete: false });
  expect(await read({ maxBytes: 10 })).toEqual({ ids: newest(1), complete: false });
});
