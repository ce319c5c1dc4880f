import { recordsOfStored } from "@sessionhook/core/derive";
import { createSimulator } from "@sessionhook/simulator";
import { afterEach, expect, test, vi } from "vitest";
// The built one: on older Node, a worker thread has no TypeScript loader.
import { RecordsThread } from "../../../dist/sqlite/facts/records-thread.js";
import { packed, unpacked } from "./packed-events.js";

const derivedHere = vi.hoisted(() => vi.fn<typeof recordsOfStored>());
vi.mock(import("@sessionhook/core/derive"), async (importOriginal) => {
  const { recordsOfStored, ...others } = await importOriginal();
  derivedHere.mockImplementation(recordsOfStored);
  return { ...others, recordsOfStored: derivedHere };
});

const simulator = createSimulator({ seed: 5, now: 1_790_000_000_000 });
const encoder = new TextEncoder();
const events = Array.from({ length: 50 }, () => {
  const { id, body } = simulator.next();
  return { id, raw: encoder.encode(body), receivedAt: 1_790_000_000_000 };
});
const expected = events.map((event) => recordsOfStored(event));
afterEach(() => void derivedHere.mockClear());
derivedHere.mockClear();

test("the thread derives what this one would, batch by batch", async () => {
  const thread = new RecordsThread();
  const batches = [events.slice(0, 20), [], events.slice(20)];
  const records = await Promise.all(batches.map((batch) => thread.recordsOf(batch)));
  expect(records.flat()).toEqual(expected);
  expect(derivedHere).not.toHaveBeenCalled();
  await thread.close();
});

test("after the thread has ended, this one derives what it held and what follows", async () => {
  const thread = new RecordsThread();
  const waiting = [thread.recordsOf(events.slice(0, 20)), thread.recordsOf(events.slice(20))];
  await thread.close();
  expect((await Promise.all(waiting)).flat()).toEqual(expected);
  expect(await thread.recordsOf(events)).toEqual(expected);
  expect(derivedHere).toHaveBeenCalledTimes(100);
});

test("events are the same after they were packed and unpacked", () => {
  const small = [
    { id: "", raw: new Uint8Array(), receivedAt: 0.5 },
    { id: "é", raw: encoder.encode("{}"), receivedAt: 1 },
  ];
  for (const batch of [[], small, events, [...events, ...small]]) {
    const sent = structuredClone(packed(batch));
    expect(unpacked(sent)).toEqual(batch);
  }
});
