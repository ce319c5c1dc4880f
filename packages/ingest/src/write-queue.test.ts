import { type AppendOutcome, type EventLog, type NewEvent, noIssues } from "@sessionhook/core";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, it, vi } from "vitest";
import { WriteQueue } from "./write-queue.js";

function event(id: string, size = 1): NewEvent {
  const raw = new Uint8Array(size);
  return {
    id,
    type: null,
    status: "accepted",
    ...noIssues,
    raw,
    receivedAt: 0,
    attemptTimestamp: 0,
    signature: "",
  };
}

/** The memory store; it records its batches and delays them until they are released. */
function watched(options: { hold?: boolean; fail?: () => Error | undefined } = {}) {
  const batches: number[] = [];
  const gates: (() => void)[] = [];
  const store = createMemoryStore();
  const append = async (events: readonly NewEvent[]): Promise<AppendOutcome[]> => {
    batches.push(events.length);
    if (options.hold === true) await new Promise<void>((resolve) => gates.push(resolve));
    const failure = options.fail?.();
    if (failure !== undefined) throw failure;
    return store.append(events);
  };
  return { store: { ...store, append } as EventLog, batches, release: () => gates.shift()?.() };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe("the append queue", () => {
  it("writes messages that arrive together in one batch, in order", async () => {
    const { store, batches } = watched();
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), { maxPending: 100 });
    const outcomes = await Promise.all(["a", "b", "a", "c"].map((id) => queue.append(event(id))));
    expect(outcomes).toEqual(["stored", "stored", "duplicate", "stored"]);
    expect(batches).toEqual([4]);
    expect(queue.pending).toBe(0);
  });

  it("writes a single message without waiting for a timer", async () => {
    const { store } = watched();
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), { maxPending: 1 });
    const order: string[] = [];
    const timer = new Promise<void>((resolve) => setTimeout(() => resolve(void order.push("timer")), 2));
    await Promise.all([timer, queue.append(event("a")).then(() => order.push("event"))]);
    expect(order).toEqual(["event", "timer"]);
  });

  it("collects the next batch while one is being written", async () => {
    const { store, batches, release } = watched({ hold: true });
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), { maxPending: 100 });
    const first = queue.append(event("a"));
    await tick();
    const rest = Promise.all(["b", "c", "d"].map((id) => queue.append(event(id))));
    await tick();
    expect([batches, queue.pending]).toEqual([[1], 4]);
    release();
    await first;
    await vi.waitFor(() => expect(batches).toEqual([1, 3]), 20_000);
    release();
    await rest;
  });

  it("hands a batch over once it has `handOverAt` events, and the rest after the pending I/O", async () => {
    const { store, batches, release } = watched({ hold: true });
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), {
      maxPending: 100,
      handOverAt: 3,
      concurrency: 2,
    });
    const all = Promise.all(Array.from({ length: 11 }, (_, i) => queue.append(event(`h${i}`))));
    // Without waiting for anything; the third batch would be one too many under way.
    expect(batches).toEqual([3, 3]);
    await tick();
    expect(batches).toEqual([3, 3]);
    release();
    await vi.waitFor(() => expect(batches).toEqual([3, 3, 5]), 20_000);
    for (let i = 0; i < 2; i++) release();
    await all;
    expect(queue.pending).toBe(0);
  });

  it("splits batches by count and by bytes, and writes a large event alone", async () => {
    const { store, batches } = watched();
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), {
      maxPending: 10_000,
    });
    await Promise.all(Array.from({ length: 1100 }, (_, i) => queue.append(event(`n${i}`))));
    expect(batches).toEqual([512, 512, 76]);
    batches.length = 0;
    const mb = 1024 * 1024;
    await Promise.all([10 * mb, 10 * mb, 20 * mb, 1].map((size, i) => queue.append(event(`s${i}`, size))));
    expect(batches).toEqual([1, 1, 1, 1]);
  });

  it("rejects messages above its limit, and accepts them again when fewer are waiting", async () => {
    const { store, batches, release } = watched({ hold: true });
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), { maxPending: 2 });
    const taken = [queue.append(event("a")), queue.append(event("b"))];
    await expect(queue.append(event("c"))).rejects.toMatchObject({ code: "overloaded" });
    await tick();
    release();
    await Promise.all(taken);
    const again = queue.append(event("c"));
    await vi.waitFor(() => expect(batches).toHaveLength(2), 20_000);
    release();
    expect(await again).toBe("stored");
  });

  it("rejects every message of a failed batch, and continues", async () => {
    let broken = true;
    const { store } = watched({ fail: () => (broken ? new Error("disk") : undefined) });
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), { maxPending: 10 });
    const results = await Promise.allSettled([queue.append(event("a")), queue.append(event("b"))]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    broken = false;
    expect(await queue.append(event("a"))).toBe("stored");
    expect(queue.pending).toBe(0);
  });

  it("drains: resolves when all messages are durable, also with an empty queue", async () => {
    const { store } = watched();
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), {
      maxPending: 1000,
    });
    await queue.drain();
    const done: string[] = [];
    for (let i = 0; i < 700; i++) void queue.append(event(`d${i}`)).then((outcome) => done.push(outcome));
    await queue.drain();
    await tick();
    expect(done).toHaveLength(700);
  });

  it("reports since when batches fail, until one succeeds", async () => {
    let failure: Error | undefined = new Error("full");
    const { store } = watched({ fail: () => failure });
    const queue = new WriteQueue((events: readonly NewEvent[]) => store.append(events), { maxPending: 1 });
    expect(queue.failingFor).toBeUndefined();
    await expect(queue.append(event("a"))).rejects.toThrow("full");
    expect(queue.failingFor).toBeGreaterThanOrEqual(0);
    failure = undefined;
    await queue.append(event("a"));
    expect(queue.failingFor).toBeUndefined();
  });
});
